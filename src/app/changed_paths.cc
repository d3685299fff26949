#include "app/changed_paths.h"

#include "git/commit.h"
#include "git/object.h"

namespace sluice::app {
namespace {

Result<git::Oid> tree_of(const git::Repository& repository, const git::Oid& commit) {
  SLUICE_TRY_ASSIGN(const git::Object object,
                    git::read_object(repository, commit, git::ObjectKind::commit));
  SLUICE_TRY_ASSIGN(const git::Commit parsed, git::parse_commit(object.bytes()));
  return parsed.tree;
}

}  // namespace

ChangedPaths changed_paths(const std::vector<git::Change>& changes) {
  ChangedPaths paths;
  for (const git::Change& change : changes)
    if (change.status != git::ChangeStatus::deleted) paths.insert(change.path);
  return paths;
}

Result<std::optional<ChangedPaths>> range_paths(const git::Repository& repository,
                                                const git::Range& range, const git::Oid& head) {
  if (range.exclude.empty()) return std::optional<ChangedPaths>();
  SLUICE_TRY_ASSIGN(const git::Oid before, tree_of(repository, range.exclude.front()));
  SLUICE_TRY_ASSIGN(const git::Oid after, tree_of(repository, head));
  SLUICE_TRY_ASSIGN(const auto changes, git::tree_changes(repository, before, after));
  return std::optional<ChangedPaths>(changed_paths(changes));
}

}  // namespace sluice::app
