#include <fmt/format.h>

#include "config/checks.h"

namespace sluice::config {

// One finding a folder: it lacks one file.
void check_no_base(const Subject& subject, Reporter& reporter) {
  const Folder& folder = subject.folder;
  if (!folder.bases.empty() || folder.environments.empty()) return;
  const Source& first = folder.environments.front();
  const std::string extension =
      subject.options.extensions.empty() ? std::string("yaml") : subject.options.extensions.front();
  const std::string wanted =
      fmt::format("{}.{}", subject.options.base_stem.value_or("config_base"), extension);
  Draft draft{first, {}, {}, "no base", {}, false, {}};
  draft.message = fmt::format(
      "no {} beside {}: there is nothing to merge onto, and nothing tells which "
      "keys are right",
      wanted, first.name());
  draft.remedy = fmt::format("write {}{}{} with every key and its default", folder.path,
                             folder.path.empty() ? "" : "/", wanted);
  for (std::size_t i = 1; i < folder.environments.size(); ++i) {
    draft.related.push_back(
        Reporter::related(folder.environments[i], {}, "without a base too", false));
  }
  reporter.report(std::move(draft));
}

}  // namespace sluice::config
