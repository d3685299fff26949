#include <fmt/format.h>

#include "config/environment.h"
#include "deploy/checks.h"
#include "deploy/environment_word.h"
#include "deploy/secret_grant.h"
#include "deploy/workflow.h"
#include "secrets/reference.h"

namespace sluice::deploy {
namespace {

void check_configuration(const File& file, const Check& check, FindingSink& sink) {
  if (file.environment.empty()) return;
  const std::string own = config::canonical_environment(file.environment);
  for_each_entry(*file.root, [&](const document::Entry& entry) {
    if (!secrets::is_reference(entry.value.text)) return;
    const auto reference = secrets::parse_reference(entry.value.text);
    if (!reference) return;
    const std::string other = environment_in(reference->name, own);
    if (other.empty()) return;
    sink.add(finding_of(check, file,
                        {entry.value.mark,
                         fmt::format("{} reads a secret of {}", file.environment, other),
                         entry.key.text + " " + reference->name,
                         {}}));
  });
}

// A policy whose name or place tells one environment, and whose resources tell another.
void check_policies(const File& file, const Check& check, FindingSink& sink) {
  for (const SecretGrant& grant : secret_grants({&file, 1}, {})) {
    if (grant.environment.empty()) continue;
    for (const std::string& resource : grant.resources) {
      const std::string other = environment_in(resource, grant.environment);
      if (other.empty()) continue;
      sink.add(finding_of(check, file,
                          {{grant.line, 1},
                           fmt::format("a policy of {} lets it read a secret of {}",
                                       grant.environment, other),
                           resource,
                           {}}));
    }
  }
}

}  // namespace

void check_foreign_reference(const File& file, const Check& check, FindingSink& sink) {
  if (file.kind == FileKind::configuration) {
    check_configuration(file, check, sink);
  } else {
    check_policies(file, check, sink);
  }
}

}  // namespace sluice::deploy
