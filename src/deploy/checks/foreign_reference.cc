#include <fmt/format.h>

#include "base/text.h"
#include "config/environment.h"
#include "deploy/checks.h"
#include "deploy/workflow.h"
#include "secrets/reference.h"

namespace sluice::deploy {
namespace {

// The environment that a secret's name tells: `staging` of `shop/staging/db`. Empty: none, or `own`
// among several.
std::string environment_in(std::string name, const std::string& own) {
  for (char& c : name)
    if (c == '-' || c == '_' || c == '.' || c == ':') c = '/';
  std::string found;
  for (const std::string_view part : base::split(name, '/')) {
    if (!config::is_usual_environment(part)) continue;
    if (config::canonical_environment(part) == own) return {};
    found = part;
  }
  return found;
}

}  // namespace

void check_foreign_reference(const File& file, const Check& check, FindingSink& sink) {
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

}  // namespace sluice::deploy
