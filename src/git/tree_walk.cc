#include "git/tree_walk.h"

#include <utility>

#include "git/object.h"
#include "git/repository.h"

namespace sluice::git {
namespace {

constexpr std::size_t deepest = 4096;

tl::unexpected<Error> too_deep(const std::string& path) {
  return fail(ErrorKind::limit_exceeded, "folders are nested deeper than 4096", path);
}

struct Folder {
  std::string path;
  std::size_t depth = 0;
  std::optional<Oid> old_tree;
  std::optional<Oid> new_tree;
};

// One side of a folder, entry by entry; without a tree it has none.
class Side {
 public:
  Side(const Repository& repository, const std::optional<Oid>& tree)
      : repository_(repository), tree_(tree) {}

  Status open() {
    if (!tree_) return {};
    SLUICE_TRY_ASSIGN(Object object, read_object(repository_, *tree_, ObjectKind::tree));
    object_.emplace(std::move(object));
    cursor_ = TreeCursor(object_->bytes(), repository_.algorithm());
    return next();
  }

  Status next() {
    SLUICE_TRY_ASSIGN(has_entry_, cursor_.next(entry_));
    return {};
  }

  const TreeEntry* entry() const { return has_entry_ ? &entry_ : nullptr; }

 private:
  const Repository& repository_;
  std::optional<Oid> tree_;
  std::optional<Object> object_;
  TreeCursor cursor_{{}, HashAlgorithm::sha1};
  TreeEntry entry_;
  bool has_entry_ = false;
};

class Differences {
 public:
  explicit Differences(const Repository& repository) : repository_(repository) {}

  Result<std::vector<Change>> run(Folder top) {
    pending_.push_back(std::move(top));
    while (!pending_.empty()) {
      const Folder folder = std::move(pending_.back());
      pending_.pop_back();
      if (folder.depth > deepest) return too_deep(folder.path);
      SLUICE_TRY(compare(folder));
    }
    return std::move(found_);
  }

 private:
  Status compare(const Folder& folder) {
    Side before(repository_, folder.old_tree);
    Side after(repository_, folder.new_tree);
    SLUICE_TRY(before.open());
    SLUICE_TRY(after.open());
    while (before.entry() != nullptr || after.entry() != nullptr) {
      const int order = compare_entries(before.entry(), after.entry());
      const TreeEntry* const old_entry = order <= 0 ? before.entry() : nullptr;
      const TreeEntry* const new_entry = order >= 0 ? after.entry() : nullptr;
      visit(folder, old_entry, new_entry);
      if (old_entry != nullptr) SLUICE_TRY(before.next());
      if (new_entry != nullptr) SLUICE_TRY(after.next());
    }
    return {};
  }

  static int compare_entries(const TreeEntry* a, const TreeEntry* b) {
    if (a == nullptr) return 1;
    if (b == nullptr) return -1;
    return compare_names(a->name, a->kind() == FileKind::tree, b->name,
                         b->kind() == FileKind::tree);
  }

  // Both entries, where there are two, are folders or neither is.
  void visit(const Folder& folder, const TreeEntry* before, const TreeEntry* after) {
    const TreeEntry& any = before != nullptr ? *before : *after;
    const bool is_same = before != nullptr && after != nullptr && before->id == after->id &&
                         canonical_mode(before->mode) == canonical_mode(after->mode);
    if (is_same) return;
    std::string path = folder.path + std::string(any.name);
    if (any.kind() == FileKind::tree) {
      pending_.push_back({path + "/", folder.depth + 1,
                          before != nullptr ? std::optional(before->id) : std::nullopt,
                          after != nullptr ? std::optional(after->id) : std::nullopt});
    } else {
      found_.push_back(change_of(std::move(path), before, after));
    }
  }

  const Repository& repository_;
  std::vector<Folder> pending_;
  std::vector<Change> found_;
};

}  // namespace

Change change_of(std::string path, const TreeEntry* before, const TreeEntry* after) {
  Change change;
  change.path = change.old_path = std::move(path);
  if (before != nullptr) {
    change.old_id = before->id;
    change.old_mode = canonical_mode(before->mode);
  }
  if (after != nullptr) {
    change.new_id = after->id;
    change.new_mode = canonical_mode(after->mode);
    change.submodule = after->kind() == FileKind::submodule;
  }
  if (before == nullptr) {
    change.status = ChangeStatus::added;
  } else if (after == nullptr) {
    change.status = ChangeStatus::deleted;
  } else if (kind_of_mode(change.old_mode) != kind_of_mode(change.new_mode)) {
    change.status = ChangeStatus::type_changed;
  }
  return change;
}

Status for_each_file(const Repository& repository, const Oid& tree, const std::string& prefix,
                     const std::function<Status(std::string path, const TreeEntry& entry)>& visit) {
  std::vector<Folder> pending;
  pending.push_back({prefix, 0, std::nullopt, tree});
  while (!pending.empty()) {
    const Folder folder = std::move(pending.back());
    pending.pop_back();
    if (folder.depth > deepest) return too_deep(folder.path);
    Side side(repository, folder.new_tree);
    SLUICE_TRY(side.open());
    for (; side.entry() != nullptr;) {
      const TreeEntry& entry = *side.entry();
      std::string path = folder.path + std::string(entry.name);
      if (entry.kind() == FileKind::tree) {
        pending.push_back({path + "/", folder.depth + 1, std::nullopt, entry.id});
      } else {
        SLUICE_TRY(visit(std::move(path), entry));
      }
      SLUICE_TRY(side.next());
    }
  }
  return {};
}

Result<std::vector<Change>> tree_differences(const Repository& repository,
                                             const std::optional<Oid>& old_tree,
                                             const std::optional<Oid>& new_tree,
                                             const std::string& prefix) {
  if (old_tree == new_tree) return std::vector<Change>();
  return Differences(repository).run({prefix, 0, old_tree, new_tree});
}

}  // namespace sluice::git
