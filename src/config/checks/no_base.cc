#include <fmt/format.h>

#include "config/checks.h"
#include "config/layout.h"

namespace sluice::config {
namespace {

// The file that is missing, seen from the folder.
std::string wanted_base(const Folder& folder, const Options& options) {
  if (folder.layout.starts_with(base_folder_layout))
    return std::string(base_folder_layout) + folder.environments.front().name();
  return fmt::format("{}.{}", options.base_stem.value_or("config_base"),
                     options.extensions.empty() ? std::string("yaml") : options.extensions.front());
}

// An environment's file, likewise.
std::string shown(const Folder& folder, const Source& source) {
  return source.path().substr(folder.path.empty() ? 0 : folder.path.size() + 1);
}

}  // namespace

// One finding a folder: it lacks one file.
void check_no_base(const Subject& subject, Reporter& reporter) {
  const Folder& folder = subject.folder;
  if (!folder.bases.empty() || folder.environments.empty()) return;
  const Source& first = folder.environments.front();
  const std::string wanted = wanted_base(folder, subject.options);
  Draft draft{first, {}, {}, "no base", {}, false, {}};
  draft.message = fmt::format(
      "no {} beside {}: there is nothing to merge onto, and nothing tells which "
      "keys are right",
      wanted, shown(folder, first));
  draft.remedy = fmt::format("write {}{}{} with every key and its default", folder.path,
                             folder.path.empty() ? "" : "/", wanted);
  for (std::size_t i = 1; i < folder.environments.size(); ++i) {
    draft.related.push_back(
        Reporter::related(folder.environments[i], {}, "without a base too", false));
  }
  reporter.report(std::move(draft));
}

}  // namespace sluice::config
