#include "app/changed_paths.h"

#include <vector>

#include "git/commit.h"
#include "git/diff.h"
#include "git/object.h"

namespace sluice::app {
namespace {

ChangedPaths paths_of(const std::vector<git::Change>& changes) {
  ChangedPaths paths;
  for (const git::Change& change : changes)
    if (change.status != git::ChangeStatus::deleted) paths.insert(change.path);
  return paths;
}

Result<git::Oid> tree_of(const git::Repository& repository, const git::Oid& commit) {
  SLUICE_TRY_ASSIGN(const git::Object object,
                    git::read_object(repository, commit, git::ObjectKind::commit));
  SLUICE_TRY_ASSIGN(const git::Commit parsed, git::parse_commit(object.bytes()));
  return parsed.tree;
}

}  // namespace

Result<ChangedPaths> staged_paths(const git::Repository& repository) {
  SLUICE_TRY_ASSIGN(const auto changes, git::staged_changes(repository));
  return paths_of(changes);
}

Result<std::optional<ChangedPaths>> range_paths(const git::Repository& repository,
                                                const git::Range& range, const git::Oid& head) {
  if (range.exclude.empty()) return std::optional<ChangedPaths>();
  SLUICE_TRY_ASSIGN(const git::Oid before, tree_of(repository, range.exclude.front()));
  SLUICE_TRY_ASSIGN(const git::Oid after, tree_of(repository, head));
  SLUICE_TRY_ASSIGN(const auto changes, git::tree_changes(repository, before, after));
  return std::optional<ChangedPaths>(paths_of(changes));
}

}  // namespace sluice::app
