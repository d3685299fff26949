#include "git/diff.h"

#include <unordered_map>
#include <unordered_set>

#include "git/index.h"
#include "git/libgit2.h"
#include "git/repository.h"

namespace sluice::git {
namespace {

// Nothing of the user's configuration may narrow what is compared.
git_diff_options whole_diff() {
  git_diff_options options;
  git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
  options.flags = GIT_DIFF_INCLUDE_TYPECHANGE | GIT_DIFF_DISABLE_PATHSPEC_MATCH;
  options.ignore_submodules = GIT_SUBMODULE_IGNORE_NONE;
  return options;
}

Status find_renames(git_diff* diff) {
  git_diff_find_options options;
  git_diff_find_options_init(&options, GIT_DIFF_FIND_OPTIONS_VERSION);
  options.flags = GIT_DIFF_FIND_RENAMES;
  options.rename_limit = 1000;  // git's diff.renameLimit
  const int code = git_diff_find_similar(diff, &options);
  if (code < 0) return libgit2_failure(code, "cannot find renames");
  return {};
}

ChangeStatus status_of(git_delta_t delta) {
  switch (delta) {
    case GIT_DELTA_ADDED:
    case GIT_DELTA_COPIED:
      return ChangeStatus::added;
    case GIT_DELTA_DELETED:
      return ChangeStatus::deleted;
    case GIT_DELTA_RENAMED:
      return ChangeStatus::renamed;
    case GIT_DELTA_TYPECHANGE:
      return ChangeStatus::type_changed;
    case GIT_DELTA_CONFLICTED:
      return ChangeStatus::unmerged;
    default:
      return ChangeStatus::modified;
  }
}

Change to_change(const git_diff_delta& delta) {
  Change change;
  change.status = status_of(delta.status);
  const bool deleted = change.status == ChangeStatus::deleted;
  change.path = deleted ? delta.old_file.path : delta.new_file.path;
  change.old_path = change.status == ChangeStatus::renamed ? delta.old_file.path : change.path;
  change.old_id = from_libgit2(delta.old_file.id);
  change.old_mode = delta.old_file.mode;
  if (!deleted) {
    change.new_id = from_libgit2(delta.new_file.id);
    change.new_mode = delta.new_file.mode;
  }
  change.submodule = kind_of_mode(change.new_mode) == FileKind::submodule;
  return change;
}

std::vector<Change> changes_of(const git_diff* diff) {
  std::vector<Change> changes;
  const std::size_t count = git_diff_num_deltas(diff);
  for (std::size_t i = 0; i < count; ++i) {
    const git_diff_delta* delta = git_diff_get_delta(diff, i);
    if (delta->status != GIT_DELTA_UNMODIFIED) changes.push_back(to_change(*delta));
  }
  return changes;
}

Result<TreeHandle> look_up_tree(const Repository& repository, const Oid& id) {
  const git_oid raw_id = to_libgit2(id);
  git_tree* raw = nullptr;
  const int code = git_tree_lookup(&raw, repository.raw(), &raw_id);
  if (code < 0) return libgit2_failure(code, "cannot read the tree", id.hex());
  return TreeHandle(raw);
}

// Null when HEAD is unborn: the first commit adds everything.
Result<TreeHandle> head_tree(const Repository& repository) {
  git_oid head;
  int code = git_reference_name_to_id(&head, repository.raw(), "HEAD");
  if (code == GIT_ENOTFOUND && git_repository_head_unborn(repository.raw()) == 1)
    return TreeHandle();
  if (code < 0) return libgit2_failure(code, "cannot resolve HEAD", repository.git_dir());
  git_object* commit = nullptr;
  code = git_object_lookup(&commit, repository.raw(), &head, GIT_OBJECT_COMMIT);
  const ObjectHandle handle(commit);
  if (code < 0) return libgit2_failure(code, "cannot read the commit of HEAD");
  git_tree* tree = nullptr;
  code = git_commit_tree(&tree, reinterpret_cast<git_commit*>(commit));
  if (code < 0) return libgit2_failure(code, "cannot read the tree of HEAD");
  return TreeHandle(tree);
}

// libgit2 reports an unmerged path in one entry and `add -N` as an added empty file; both are taken
// out of its answer and put back from the index, as what they are.
std::vector<Change> with_special_entries(std::vector<Change> found, const Index& index) {
  std::unordered_set<std::string> special;
  std::vector<Change> changes;
  for (const IndexEntry& entry : index.entries) {
    if (entry.stage == 0 && !entry.intent_to_add) continue;
    special.insert(entry.path);
    Change change;
    change.status = entry.stage > 0 ? ChangeStatus::unmerged : ChangeStatus::added;
    change.path = change.old_path = entry.path;
    change.new_id = entry.intent_to_add ? Oid{} : entry.id;
    change.new_mode = entry.mode;
    change.submodule = entry.kind() == FileKind::submodule;
    change.intent_to_add = entry.intent_to_add;
    change.stage = entry.stage;
    changes.push_back(std::move(change));
  }
  for (Change& change : found)
    if (!special.contains(change.path)) changes.push_back(std::move(change));
  return changes;
}

}  // namespace

Result<std::vector<Change>> staged_changes(const Repository& repository) {
  SLUICE_TRY_ASSIGN(const Index index, read_index(repository));
  SLUICE_TRY_ASSIGN(const TreeHandle tree, head_tree(repository));
  git_index* raw_index = nullptr;
  int code = git_repository_index(&raw_index, repository.raw());
  if (code < 0) return libgit2_failure(code, "cannot read the index");
  const IndexHandle index_handle(raw_index);
  const git_diff_options options = whole_diff();
  git_diff* raw = nullptr;
  code = git_diff_tree_to_index(&raw, repository.raw(), tree.get(), raw_index, &options);
  if (code < 0) return libgit2_failure(code, "cannot compare the index with HEAD");
  const DiffHandle diff(raw);
  SLUICE_TRY(find_renames(raw));
  return with_special_entries(changes_of(raw), index);
}

Result<std::vector<Change>> tree_changes(const Repository& repository,
                                         const std::optional<Oid>& old_tree, const Oid& new_tree) {
  TreeHandle old_handle;
  if (old_tree) {
    SLUICE_TRY_ASSIGN(old_handle, look_up_tree(repository, *old_tree));
  }
  SLUICE_TRY_ASSIGN(const TreeHandle new_handle, look_up_tree(repository, new_tree));
  const git_diff_options options = whole_diff();
  git_diff* raw = nullptr;
  const int code =
      git_diff_tree_to_tree(&raw, repository.raw(), old_handle.get(), new_handle.get(), &options);
  if (code < 0) return libgit2_failure(code, "cannot compare two trees", new_tree.hex());
  const DiffHandle diff(raw);
  SLUICE_TRY(find_renames(raw));
  return changes_of(raw);
}

}  // namespace sluice::git
