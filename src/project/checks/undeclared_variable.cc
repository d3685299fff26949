#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "project/checks.h"

namespace sluice::project {
namespace {

constexpr std::size_t most_places = 5;

bool is_declared(const Subject& subject, const std::string& name) {
  return std::any_of(subject.template_keys.begin(), subject.template_keys.end(),
                     [&](const TemplateKey& key) { return key.name == name; });
}

const Place* given(const Subject& subject, const std::string& name) {
  const auto found = subject.survey.variables.find(name);
  return found != subject.survey.variables.end() && found->second.given.line != 0 ? &found->second.given
                                                                                : nullptr;
}

// A project that keeps no template, and gives few of the variables that it needs, has its list elsewhere.
bool keeps_a_list(const Subject& subject) {
  if (!subject.template_keys.empty()) return true;
  std::set<std::string> needed;
  std::set<std::string> provided;
  for (const Reference& reference : subject.references) {
    needed.insert(reference.variable);
    if (given(subject, reference.variable) != nullptr) provided.insert(reference.variable);
  }
  return provided.size() * 2 > needed.size();
}

}  // namespace

void check_undeclared_variable(const Subject& subject, const Check& check, FindingSink& sink) {
  if (!keeps_a_list(subject)) return;
  std::set<std::string> told;
  for (const Reference& reference : subject.references) {
    const std::string& name = reference.variable;
    if (told.contains(name) || is_declared(subject, name) || given(subject, name) != nullptr) continue;
    told.insert(name);
    Finding finding = finding_of(
        check, reference.at,
        fmt::format("`{}` needs the variable {}, and nothing declares or provides it: no env template, "
                    "compose file, workflow, manifest or script does",
                    reference.key, name),
        name);
    finding.at.end_line = reference.end_line;
    finding.at.end_column = reference.end_column;
    for (const Reference& other : subject.references) {
      if (other.variable != name || &other == &reference || finding.related.size() >= most_places) continue;
      finding.related.push_back(related(other.at, "needed here, too"));
    }
    if (!subject.template_keys.empty()) {
      finding.related.push_back(
          {subject.template_keys.front().at.path, 1, 1, "the template that lacks it", {}});
    }
    sink.add(std::move(finding));
  }
}

}  // namespace sluice::project
