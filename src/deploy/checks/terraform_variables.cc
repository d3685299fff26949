#include <string_view>

#include "deploy/checks.h"
#include "policy/path.h"

namespace sluice::deploy {

namespace {

bool is_example(std::string_view name) {
  for (const std::string_view word : {"example", "sample", "template"})
    if (name.find(word) != name.npos) return true;
  return false;
}

}  // namespace

// Whatever it holds now: sooner or later somebody writes a password into it.
void check_terraform_variables(const File& file, const Check& check, FindingSink& sink) {
  const bool holds_values = file.path.ends_with(".tfvars") || file.path.ends_with(".tfvars.json");
  if (!holds_values || is_example(policy::base_name(file.path))) return;
  sink.add(finding_of(check, file,
                      {{1, 1},
                       "values of variables are where people put passwords, and Git keeps this file",
                       "tracked",
                       {}}));
}

}  // namespace sluice::deploy
