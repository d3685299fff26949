#include "project/check.h"

#include <algorithm>

#include "project/checks.h"
#include "project/survey.h"
#include "project/variables.h"

namespace sluice::project {
namespace {

bool has_environments(const config::Folder& folder) {
  return folder.strategy != config::Strategy::helm && !folder.environments.empty();
}

Questions questions_of(const std::vector<config::Folder>& folders,
                       const std::vector<Reference>& references,
                       const std::vector<TemplateKey>& keys, const config::Options& options) {
  Questions questions;
  questions.selectors = options.selectors;
  for (const char* usual : {"SPRING_PROFILES_ACTIVE", "ENV_FOR_DYNACONF"}) questions.selectors.emplace_back(usual);
  for (const config::Folder& folder : folders) {
    config::for_each_source(folder, [&](const config::Source& source) {
      questions.left_out.push_back(source.path());
    });
    if (!has_environments(folder)) continue;
    for (const config::Source& source : folder.environments) {
      questions.environments.push_back(source.environment);
    }
  }
  for (const Reference& reference : references) questions.variables.push_back(reference.variable);
  for (const TemplateKey& key : keys) {
    questions.variables.push_back(key.name);
    if (questions.templates.empty() || questions.templates.back() != key.at.path) {
      questions.templates.push_back(key.at.path);
    }
  }
  for (auto* list : {&questions.environments, &questions.variables}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  return questions;
}

}  // namespace

void check(const Files& files, const std::vector<config::Folder>& folders,
           const config::Options& config, const policy::EnvOptions& env,
           const std::function<bool(std::string_view)>& is_active, FindingSink& sink) {
  std::vector<const Check*> active;
  for (const Check& check : checks()) {
    if (is_active(check.id)) active.push_back(&check);
  }
  if (active.empty()) return;
  const std::vector<Reference> references = references_of(folders);
  const std::vector<TemplateKey> keys = template_keys(files, env, sink);
  const Questions questions = questions_of(folders, references, keys, config);
  if (questions.environments.empty() && questions.variables.empty()) return;
  const Survey found = survey(files, questions, sink);
  const Subject subject{folders, config, references, keys, files, found};
  for (const Check* check : active) check->run(subject, *check, sink);
}

}  // namespace sluice::project
