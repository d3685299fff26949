#include "git/simple.h"

#include <cstring>
#include <unordered_set>
#include <utility>

#include "git/index.h"
#include "git/libgit2.h"
#include "git/libgit2_repository.h"
#include "git/ref_lookup.h"
#include "git/repository.h"

namespace sluice::git::simple {
namespace {

ObjectKind kind_of_type(git_object_t type) {
  switch (type) {
    case GIT_OBJECT_COMMIT:
      return ObjectKind::commit;
    case GIT_OBJECT_TREE:
      return ObjectKind::tree;
    case GIT_OBJECT_TAG:
      return ObjectKind::tag;
    default:
      return ObjectKind::blob;
  }
}

tl::unexpected<Error> read_failure(const Repository& repository, const Oid& id, int code) {
  auto failure = libgit2_failure(code, "cannot read the object", id.hex());
  Error& error = failure.value();
  if (error.kind == ErrorKind::not_found) {
    error.what = "the object is missing";
    error.remedy = remedy_for_absence(repository);
  } else if (error.kind == ErrorKind::corrupt) {
    error.remedy = "`git fsck --full` checks the object database";
  }
  return failure;
}

struct Visit {
  const std::function<bool(const Oid&)>& visit;
  std::unordered_set<Oid> seen;
};

// Nothing of the user's configuration may narrow what is compared.
git_diff_options whole_diff() {
  git_diff_options options;
  libgit2().diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
  options.flags = GIT_DIFF_INCLUDE_TYPECHANGE | GIT_DIFF_DISABLE_PATHSPEC_MATCH;
  options.ignore_submodules = GIT_SUBMODULE_IGNORE_NONE;
  return options;
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
  const std::size_t count = libgit2().diff_num_deltas(diff);
  for (std::size_t i = 0; i < count; ++i) {
    const git_diff_delta* delta = libgit2().diff_get_delta(diff, i);
    if (delta->status != GIT_DELTA_UNMODIFIED) changes.push_back(to_change(*delta));
  }
  return changes;
}

// libgit2 reports an unmerged path in one entry and `add -N` as an added empty file; both are taken
// out of its answer and put back from the index, as what they are.
std::vector<Change> with_special_entries(std::vector<Change> found, const Index& index) {
  std::unordered_set<std::string> special;
  std::vector<Change> changes;
  for (const IndexEntry& entry : index.entries) {
    if (entry.stage == 0 && !entry.intent_to_add) continue;
    special.emplace(entry.path);
    Change change;
    change.status = entry.stage > 0 ? ChangeStatus::unmerged : ChangeStatus::added;
    change.path = change.old_path = entry.path;
    change.new_id = entry.intent_to_add ? Oid{} : entry.id();
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

constexpr int stop_early = 1;  // a positive value ends git_odb_foreach and is returned as it is

int on_object(const git_oid* raw, void* payload) {
  auto& state = *static_cast<Visit*>(payload);
  const Oid id = from_libgit2(*raw);
  if (!state.seen.insert(id).second) return 0;
  return state.visit(id) ? 0 : stop_early;
}

}  // namespace

Result<Object> read_object(const Repository& repository, const Oid& id) {
  SLUICE_TRY_ASSIGN(const Libgit2Repository* opened, repository.libgit2());
  const git_oid raw = to_libgit2(id);
  git_odb_object* object = nullptr;
  const int code = libgit2().odb_read(&object, opened->odb(), &raw);
  if (code < 0) return read_failure(repository, id, code);
  const OdbObjectHandle handle(object);
  pack::ObjectContent content{kind_of_type(libgit2().odb_object_type(object)), {}};
  content.bytes.reset(libgit2().odb_object_size(object));
  if (content.bytes.size() != 0)
    std::memcpy(content.bytes.data(), libgit2().odb_object_data(object), content.bytes.size());
  return Object(id, std::move(content));
}

Result<std::vector<Oid>> all_objects(const Repository& repository) {
  std::vector<Oid> objects;
  SLUICE_TRY(for_each_object(repository, [&](const Oid& id) {
    objects.push_back(id);
    return true;
  }));
  return objects;
}

Status for_each_object(const Repository& repository, const std::function<bool(const Oid&)>& visit) {
  SLUICE_TRY_ASSIGN(const Libgit2Repository* opened, repository.libgit2());
  Visit state{visit, {}};
  const int code = libgit2().odb_foreach(opened->odb(), on_object, &state);
  if (code < 0)
    return libgit2_failure(code, "cannot list the object database", repository.common_dir());
  return {};
}

// Null when HEAD is unborn: the first commit adds everything.
static Result<TreeHandle> read_head_tree(const Repository& repository, git_repository* raw) {
  SLUICE_TRY_ASSIGN(const std::optional<Oid> id, head_tree(repository));
  if (!id) return TreeHandle();
  const git_oid raw_id = to_libgit2(*id);
  git_tree* tree = nullptr;
  const int code = libgit2().tree_lookup(&tree, raw, &raw_id);
  if (code < 0) return libgit2_failure(code, "cannot read the tree", id->hex());
  return TreeHandle(tree);
}

Result<std::vector<Change>> staged_changes(const Repository& repository) {
  SLUICE_TRY_ASSIGN(const Index index, read_index(repository));
  SLUICE_TRY_ASSIGN(const Libgit2Repository* opened, repository.libgit2());
  SLUICE_TRY_ASSIGN(const TreeHandle tree, read_head_tree(repository, opened->repository()));
  git_index* raw_index = nullptr;
  int code = libgit2().index_open(&raw_index, repository.places().index.c_str());
  if (code < 0) return libgit2_failure(code, "cannot read the index");
  const IndexHandle handle(raw_index);
  const git_diff_options options = whole_diff();
  git_diff* raw = nullptr;
  code = libgit2().diff_tree_to_index(&raw, opened->repository(), tree.get(), raw_index, &options);
  if (code < 0) return libgit2_failure(code, "cannot compare the index with HEAD");
  const DiffHandle diff(raw);
  return with_special_entries(changes_of(raw), index);
}

}  // namespace sluice::git::simple
