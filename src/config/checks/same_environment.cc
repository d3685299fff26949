#include <fmt/format.h>

#include <algorithm>
#include <vector>

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

void check_same_environment(const Subject& subject, Reporter& reporter) {
  const Folder& folder = subject.folder;
  for (std::size_t i = 1; i < folder.bases.size(); ++i) {
    report(folder.bases[0], folder.bases[i], "the base", reporter);
  }
  std::vector<const Source*> seen;
  for (const Source& source : folder.environments) {
    if (source.section != nullptr) continue;
    const auto first = std::find_if(seen.begin(), seen.end(), [&](const Source* other) {
      return is_same_environment(other->environment, source.environment);
    });
    if (first == seen.end()) {
      seen.push_back(&source);
    } else {
      report(**first, source, fmt::format("`{}`", canonical_environment(source.environment)), reporter);
    }
  }
}

}  // namespace sluice::config
