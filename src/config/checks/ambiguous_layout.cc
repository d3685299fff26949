#include <fmt/format.h>

#include "config/checks.h"

namespace sluice::config {

void check_ambiguous_layout(const Subject& subject, Reporter& reporter) {
  const Folder& folder = subject.folder;
  if (folder.other_bases.empty() || folder.bases.empty() || folder.environments.empty()) return;
  const Source& base = folder.bases.front();
  const Source& environment = folder.environments.front();
  for (const std::string& other : folder.other_bases) {
    Draft draft{environment, {}, {}, other, {}, false, {}};
    draft.message = fmt::format(
        "both {} and {} could be the base of {}: it was held against {}, and the loader may do "
        "otherwise",
        base.name(), other.substr(other.rfind('/') + 1), environment.name(), base.name());
    draft.related.push_back(Reporter::related(base, {}, "the base that was taken", false));
    draft.related.push_back({other, 1, 1, "the other one", {}});
    reporter.report(std::move(draft));
  }
}

}  // namespace sluice::config
