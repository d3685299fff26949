#include <fmt/format.h>

#include <map>

#include "config/checks.h"
#include "config/environment.h"

namespace sluice::config {
namespace {

void report(const Source& first, const Source& second, const std::string& what,
            Reporter& reporter) {
  reporter.report(
      {second,
       {},
       fmt::format("{} and {} are both for {}: the loader opens one of them, and changes to "
                   "the other do nothing",
                   first.name(), second.name(), what),
       std::string(first.name()),
       {},
       false,
       {Reporter::related(first, {}, "the other file", false)}});
}

}  // namespace

void check_same_environment(const Folder& folder, const Options&, Reporter& reporter) {
  for (std::size_t i = 1; i < folder.bases.size(); ++i) {
    report(folder.bases[0], folder.bases[i], "the base", reporter);
  }
  std::map<std::string, const Source*> seen;
  for (const Source& source : folder.environments) {
    if (source.section != nullptr) continue;
    const std::string name = canonical_environment(source.environment);
    const auto [at, is_new] = seen.emplace(name, &source);
    if (!is_new) report(*at->second, source, fmt::format("`{}`", name), reporter);
  }
}

}  // namespace sluice::config
