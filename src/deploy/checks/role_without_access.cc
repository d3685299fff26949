#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "config/environment.h"
#include "deploy/checks.h"
#include "deploy/declared_secret.h"
#include "deploy/secret_grant.h"
#include "deploy/workflow.h"
#include "secrets/reference.h"

namespace sluice::deploy {
namespace {

struct Reference {
  document::Mark at;
  std::string name;
};

std::vector<Reference> references_in(const File& file) {
  std::vector<Reference> found;
  for_each_entry(*file.root, [&](const document::Entry& entry) {
    if (!entry.value.text.starts_with("aws-sm://")) return;
    const auto reference = secrets::parse_reference(entry.value.text);
    if (reference) found.push_back({entry.value.mark, reference->name});
  });
  return found;
}

bool any_covers(const std::vector<SecretGrant>& grants, const std::string& name) {
  return std::any_of(grants.begin(), grants.end(),
                     [&](const SecretGrant& grant) { return covers(grant, name); });
}

// The grants that a program of this environment may have: those of policies that tell no other one.
std::vector<SecretGrant> grants_of(const std::string& environment,
                                   const std::vector<SecretGrant>& all) {
  std::vector<SecretGrant> own;
  for (const SecretGrant& grant : all)
    if (environment.empty() || grant.environment.empty() || grant.environment == environment)
      own.push_back(grant);
  return own;
}

// Whether these policies are about this configuration at all, and can be told from the text.
bool are_telling(const std::vector<SecretGrant>& grants, const std::vector<Reference>& references,
                 const std::string& environment) {
  if (std::any_of(grants.begin(), grants.end(),
                  [](const SecretGrant& grant) { return grant.is_computed; }))
    return false;
  return std::any_of(grants.begin(), grants.end(), [&](const SecretGrant& grant) {
    const bool is_named = !environment.empty() && grant.environment == environment;
    return is_named || std::any_of(references.begin(), references.end(), [&](const Reference& one) {
             return covers(grant, one.name);
           });
  });
}

// An ARN without its random end matches nothing: the usual reason.
bool lacks_only_the_end(const std::vector<SecretGrant>& grants, const std::string& name) {
  return std::any_of(grants.begin(), grants.end(), [&](const SecretGrant& grant) {
    return std::find(grant.patterns.begin(), grant.patterns.end(), secret_name(name)) !=
           grant.patterns.end();
  });
}

}  // namespace

void check_role_without_access(std::span<const File> files, const Check& check, FindingSink& sink) {
  const std::vector<SecretGrant> all = secret_grants(files, declared_secrets(files));
  if (all.empty()) return;
  for (const File& file : files) {
    if (file.kind != FileKind::configuration || !file.root) continue;
    const std::string environment =
        file.environment.empty() ? "" : config::canonical_environment(file.environment);
    const std::vector<Reference> references = references_in(file);
    const std::vector<SecretGrant> grants = grants_of(environment, all);
    if (!are_telling(grants, references, environment)) continue;
    for (const Reference& reference : references) {
      if (any_covers(grants, reference.name)) continue;
      sink.add(finding_of(
          check, file,
          {reference.at,
           lacks_only_the_end(grants, reference.name)
               ? fmt::format("the policies name `{}` without the six characters at the end of its "
                             "ARN, which matches nothing",
                             reference.name)
               : fmt::format("no policy in this tree lets {} read `{}`",
                             environment.empty() ? "anybody" : environment, reference.name),
           reference.name,
           {}}));
    }
  }
}

}  // namespace sluice::deploy
