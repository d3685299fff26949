#include <algorithm>
#include <utility>

#include "git/diff.h"
#include "git/index.h"
#include "git/object.h"
#include "git/ref_lookup.h"
#include "git/repository.h"
#include "git/tree_walk.h"

namespace sluice::git {
namespace {

constexpr std::size_t deepest = 4096;
constexpr std::size_t no_node = std::size_t(-1);

// A folder that is being compared: HEAD's tree, entry by entry, with the index entries next to end.
struct Frame {
  std::string prefix;  // "" or "folder/"
  std::optional<Object> tree;
  TreeCursor cursor{{}, HashAlgorithm::sha1};
  TreeEntry entry;
  bool has_entry = false;
  std::size_t next = 0;
  std::size_t end = 0;
  std::size_t node = no_node;   // of the index's cache of trees
  std::size_t child = no_node;  // the last of its children that was asked for
};

// The next thing that the index holds in a folder: a file with all its stages, or a folder.
struct Item {
  std::string_view name;
  bool is_folder = false;
  std::size_t node = no_node;  // of the index's cache of trees
  std::size_t end = 0;         // of its index entries
};

// Compares HEAD's tree with the index, folder by folder, and passes over those whose tree the index knows to
// be the same. Both are sorted alike: a folder's name counts as if it ended with a slash.
class IndexComparison {
 public:
  IndexComparison(const Repository& repository, const Index& index)
      : repository_(repository), index_(index), entries_(index.entries) {}

  Result<std::vector<Change>> run(const std::optional<Oid>& head) {
    add_special();
    const std::size_t top = index_.cache_tree.empty() ? no_node : 0;
    if (head && is_unchanged(top, *head, 0, entries_.size())) return std::move(changes_);
    SLUICE_TRY(open(head, "", 0, entries_.size(), top));
    const std::size_t special = changes_.size();
    while (!frames_.empty()) SLUICE_TRY(step());
    std::sort(changes_.begin() + static_cast<long>(special), changes_.end(),
              [](const Change& a, const Change& b) { return a.path < b.path; });
    return std::move(changes_);
  }

 private:
  static bool is_special(const IndexEntry& entry) { return entry.stage > 0 || entry.intent_to_add; }

  // What is unmerged or only intended to be added has no one new side; it comes first, as what it is.
  void add_special() {
    if (!index_.has_conflicts && !index_.has_intended) return;
    for (const IndexEntry& entry : entries_) {
      if (!is_special(entry)) continue;
      Change change;
      change.status = entry.stage > 0 ? ChangeStatus::unmerged : ChangeStatus::added;
      change.path = change.old_path = entry.path;
      change.new_id = entry.intent_to_add ? Oid{} : entry.id();
      change.new_mode = entry.mode;
      change.submodule = entry.kind() == FileKind::submodule;
      change.intent_to_add = entry.intent_to_add;
      change.stage = entry.stage;
      changes_.push_back(std::move(change));
    }
  }

  // The cache of trees must agree with the entries on how many there are in the folder.
  bool is_unchanged(std::size_t node, const Oid& tree, std::size_t begin, std::size_t end) const {
    if (node == no_node) return false;
    const CacheTree::Node& cached = index_.cache_tree[node];
    return cached.entry_count >= 0 && static_cast<std::uint64_t>(cached.entry_count) == end - begin &&
           cached.id == tree;
  }

  Status open(const std::optional<Oid>& tree, std::string prefix, std::size_t begin, std::size_t end,
              std::size_t node) {
    if (frames_.size() > deepest)
      return fail(ErrorKind::limit_exceeded, "folders are nested deeper than 4096", prefix);
    Frame frame;
    frame.prefix = std::move(prefix);
    frame.next = begin;
    frame.end = end;
    frame.node = node;
    if (tree) {
      SLUICE_TRY_ASSIGN(Object object, read_object(repository_, *tree, ObjectKind::tree));
      frame.tree.emplace(std::move(object));
      frame.cursor = TreeCursor(frame.tree->bytes(), repository_.algorithm());
      SLUICE_TRY_ASSIGN(frame.has_entry, frame.cursor.next(frame.entry));
    }
    frames_.push_back(std::move(frame));
    return {};
  }

  Item item_at(Frame& frame) const {
    const std::string_view rest = entries_[frame.next].path.substr(frame.prefix.size());
    const std::size_t slash = rest.find('/');
    Item item;
    item.name = rest.substr(0, slash);
    item.is_folder = slash != std::string_view::npos;
    if (item.is_folder) item.node = child_node(frame, item.name);
    item.end = item.is_folder ? end_of_folder(frame, item) : end_of_file(frame);
    return item;
  }

  std::size_t end_of_file(const Frame& frame) const {
    std::size_t end = frame.next + 1;
    while (end < frame.end && entries_[end].path == entries_[frame.next].path) ++end;
    return end;
  }

  std::size_t end_of_folder(const Frame& frame, const Item& folder) const {
    const std::size_t length = frame.prefix.size() + folder.name.size() + 1;
    const std::string_view prefix = entries_[frame.next].path.substr(0, length);
    const auto begin = entries_.begin() + static_cast<long>(frame.next);
    const auto end = entries_.begin() + static_cast<long>(frame.end);
    // The cache of trees mostly knows; whether it is right is seen at the end it names.
    if (folder.node != no_node) {
      const std::int64_t count = index_.cache_tree[folder.node].entry_count;
      if (count > 0 && count <= end - begin && begin[count - 1].path.starts_with(prefix) &&
          (count == end - begin || !begin[count].path.starts_with(prefix)))
        return frame.next + static_cast<std::size_t>(count);
    }
    const auto found = std::partition_point(begin, end, [&](const IndexEntry& entry) {
      return entry.path.starts_with(prefix);
    });
    return static_cast<std::size_t>(found - entries_.begin());
  }

  std::size_t child_node(Frame& frame, std::string_view name) const {
    if (frame.node == no_node) return no_node;
    const auto found = index_.cache_tree.find_child(frame.node, name, frame.child);
    if (!found) return no_node;
    return frame.child = *found;
  }

  // One thing of the innermost open folder, or its end.
  Status step() {
    Frame& frame = frames_.back();
    const bool has_item = frame.next < frame.end;
    if (!has_item && !frame.has_entry) {
      frames_.pop_back();
      return {};
    }
    const Item item = has_item ? item_at(frame) : Item{};
    int order = has_item ? 1 : -1;
    if (has_item && frame.has_entry)
      order = compare_names(frame.entry.name, frame.entry.kind() == FileKind::tree, item.name,
                            item.is_folder);
    const std::optional<TreeEntry> before =
        order <= 0 ? std::optional(frame.entry) : std::nullopt;
    const std::size_t begin = frame.next;
    if (order >= 0) frame.next = item.end;
    // The names are views of what a frame holds, so the path is made before frames may move.
    const std::string path =
        frame.prefix + std::string(order <= 0 ? frame.entry.name : item.name);
    if (order <= 0) {
      SLUICE_TRY_ASSIGN(frame.has_entry, frame.cursor.next(frame.entry));
    }
    if (order < 0) return compare_absent(path, *before);
    return item.is_folder ? compare_folder(path, before, {begin, item.end, item.node})
                          : compare_file(path, before, entries_[begin]);
  }

  struct FolderEntries {
    std::size_t begin;
    std::size_t end;
    std::size_t node;
  };

  // Nothing in the index.
  Status compare_absent(const std::string& path, const TreeEntry& before) {
    if (before.kind() != FileKind::tree) {
      changes_.push_back(change_of(path, &before, nullptr));
      return {};
    }
    return add_differences(before.id, std::nullopt, path + "/");
  }

  Status compare_folder(const std::string& path, const std::optional<TreeEntry>& before,
                        const FolderEntries& folder) {
    const std::optional<Oid> tree = before ? std::optional(before->id) : std::nullopt;
    const IndexEntry& first = entries_[folder.begin];
    if (first.is_sparse_folder() && first.path.size() == path.size() + 1)
      return add_differences(tree, first.id(), path + "/");
    if (tree && is_unchanged(folder.node, *tree, folder.begin, folder.end)) return {};
    return open(tree, path + "/", folder.begin, folder.end, folder.node);
  }

  Status compare_file(const std::string& path, const std::optional<TreeEntry>& before,
                      const IndexEntry& entry) {
    if (is_special(entry)) return {};
    const TreeEntry after{entry.mode, {}, entry.id()};
    if (before && before->id == entry.id() &&
        canonical_mode(before->mode) == canonical_mode(entry.mode))
      return {};
    changes_.push_back(change_of(path, before ? &*before : nullptr, &after));
    return {};
  }

  Status add_differences(const std::optional<Oid>& before, const std::optional<Oid>& after,
                         const std::string& prefix) {
    SLUICE_TRY_ASSIGN(std::vector<Change> found,
                      tree_differences(repository_, before, after, prefix));
    std::move(found.begin(), found.end(), std::back_inserter(changes_));
    return {};
  }

  const Repository& repository_;
  const Index& index_;
  const std::vector<IndexEntry>& entries_;
  std::vector<Frame> frames_;
  std::vector<Change> changes_;
};

}  // namespace

Result<std::vector<Change>> staged_changes(const Repository& repository) {
  SLUICE_TRY_ASSIGN(const auto index, shared_sparse_index(repository));
  return staged_changes(repository, *index);
}

Result<std::vector<Change>> staged_changes(const Repository& repository, const Index& index) {
  SLUICE_TRY_ASSIGN(const std::optional<Oid> head, head_tree(repository));
  return IndexComparison(repository, index).run(head);
}

}  // namespace sluice::git
