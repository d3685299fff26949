#include "app/changed_paths.h"

#include "git/commit_graph.h"

namespace sluice::app {
ChangedPaths changed_paths(const std::vector<git::Change>& changes) {
  ChangedPaths paths;
  for (const git::Change& change : changes)
    if (change.status != git::ChangeStatus::deleted) paths.insert(change.path);
  return paths;
}

Result<std::optional<ChangedPaths>> range_paths(const git::Repository& repository,
                                                const git::Range& range, const git::Oid& head) {
  if (range.exclude.empty()) return std::optional<ChangedPaths>();
  SLUICE_TRY_ASSIGN(const git::Oid before, git::tree_of_commit(repository, range.exclude.front()));
  SLUICE_TRY_ASSIGN(const git::Oid after, git::tree_of_commit(repository, head));
  SLUICE_TRY_ASSIGN(const auto changes, git::tree_changes(repository, before, after));
  return std::optional<ChangedPaths>(changed_paths(changes));
}

}  // namespace sluice::app
