#include "source/introductions.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "git/object.h"
#include "git/tree.h"

namespace sluice::source {

using git::Object;
using git::Oid;
using git::TreeEntry;

// A folder as it was read.
struct ReadTree {
  std::optional<Object> object;
  std::vector<TreeEntry> entries;  // by name, so that folders of any size compare in linear time
};

using SharedTree = std::shared_ptr<const ReadTree>;

namespace {

constexpr std::size_t deepest = 4096;

// One folder to compare with the same folder of each parent (zero where a parent has none).
struct Folder {
  std::string path;
  std::size_t depth;
  Oid tree;
  std::vector<Oid> parents;
};

bool comes_before(const TreeEntry& a, const TreeEntry& b) { return a.name < b.name; }

Result<SharedTree> read_tree(const git::Repository& repository, const Oid& id) {
  auto read = std::make_shared<ReadTree>();
  if (id.is_zero()) return read;
  SLUICE_TRY_ASSIGN(Object object, git::read_object(repository, id, git::ObjectKind::tree));
  read->object.emplace(std::move(object));
  SLUICE_TRY_ASSIGN(read->entries, git::parse_tree(read->object->bytes(), id.algorithm));
  // Git's order differs only where one name begins another.
  if (!std::is_sorted(read->entries.begin(), read->entries.end(), comes_before))
    std::sort(read->entries.begin(), read->entries.end(), comes_before);
  return read;
}

// The parents' entries of one name, for names asked in ascending order.
class ParentEntries {
 public:
  explicit ParentEntries(const std::vector<SharedTree>& trees) : trees_(trees), at_(trees.size()), found_(trees.size()) {}

  const std::vector<const TreeEntry*>& advance_to(std::string_view name) {
    for (std::size_t i = 0; i < trees_.size(); ++i) {
      const std::vector<TreeEntry>& entries = trees_[i]->entries;
      int order = -1;
      for (; at_[i] < entries.size(); ++at_[i]) {
        order = entries[at_[i]].name.compare(name);
        if (order >= 0) break;
      }
      found_[i] = order == 0 ? &entries[at_[i]] : nullptr;
    }
    return found_;
  }

 private:
  const std::vector<SharedTree>& trees_;
  std::vector<std::size_t> at_;
  std::vector<const TreeEntry*> found_;
};

}  // namespace

// What was read lately.
class TreeCache {
 public:
  explicit TreeCache(const git::Repository& repository) : repository_(repository) {}

  Result<SharedTree> read(const Oid& id) {
    if (const auto kept = kept_.find(id); kept != kept_.end()) return kept->second;
    SLUICE_TRY_ASSIGN(SharedTree tree, read_tree(repository_, id));
    const std::size_t bytes = bytes_of(*tree);
    if (bytes_ + bytes > most_bytes) {
      kept_.clear();
      bytes_ = 0;
    }
    bytes_ += bytes;
    kept_.emplace(id, tree);
    return tree;
  }

 private:
  static constexpr std::size_t most_bytes = std::size_t{32} << 20;

  static std::size_t bytes_of(const ReadTree& tree) {
    return sizeof tree + (tree.object ? tree.object->bytes().size() : 0) + tree.entries.capacity() * sizeof(TreeEntry);
  }

  const git::Repository& repository_;
  std::unordered_map<Oid, SharedTree> kept_;
  std::size_t bytes_ = 0;
};

namespace {

class Comparison {
 public:
  explicit Comparison(TreeCache& trees) : trees_(trees) {}

  Result<std::vector<Introduction>> run(const Oid& tree, const std::vector<Oid>& parents) {
    pending_.push_back({"", 0, tree, parents});
    while (!pending_.empty()) {
      const Folder folder = std::move(pending_.back());
      pending_.pop_back();
      if (folder.depth > deepest) {
        return fail(ErrorKind::limit_exceeded, "folders are nested deeper than 4096", folder.path);
      }
      SLUICE_TRY(compare(folder));
    }
    return std::move(found_);
  }

 private:
  Status compare(const Folder& folder) {
    SLUICE_TRY_ASSIGN(const SharedTree tree, trees_.read(folder.tree));
    std::vector<SharedTree> parents;
    for (const Oid& parent : folder.parents) {
      SLUICE_TRY_ASSIGN(SharedTree read, trees_.read(parent));
      parents.push_back(std::move(read));
    }
    ParentEntries parent_entries(parents);
    for (const TreeEntry& entry : tree->entries) {
      visit(folder, entry, parent_entries.advance_to(entry.name));
    }
    return {};
  }

  void visit(const Folder& folder, const TreeEntry& entry,
             const std::vector<const TreeEntry*>& before) {
    const bool known = std::any_of(before.begin(), before.end(), [&](const TreeEntry* other) {
      return other != nullptr && other->id == entry.id && other->kind() == entry.kind();
    });
    if (known || entry.kind() == git::FileKind::submodule) return;
    std::string path = folder.path.empty() ? std::string(entry.name)
                                           : folder.path + "/" + std::string(entry.name);
    const bool is_tree = entry.kind() == git::FileKind::tree;
    std::vector<Oid> old_ids;
    for (const TreeEntry* other : before) {
      const bool comparable = other != nullptr &&
                              (other->kind() == git::FileKind::tree) == is_tree &&
                              other->kind() != git::FileKind::submodule;
      old_ids.push_back(comparable ? other->id : Oid{});
    }
    if (is_tree) {
      pending_.push_back({std::move(path), folder.depth + 1, entry.id, std::move(old_ids)});
    } else {
      found_.push_back({entry.id, std::move(path), std::move(old_ids)});
    }
  }

  TreeCache& trees_;
  std::vector<Folder> pending_;
  std::vector<Introduction> found_;
};

}  // namespace

Introductions::Introductions(const git::Repository& repository) : trees_(std::make_unique<TreeCache>(repository)) {}

Introductions::~Introductions() = default;

Result<std::vector<Introduction>> Introductions::of(const Oid& tree, const std::vector<Oid>& parent_trees) {
  return Comparison(*trees_).run(tree, parent_trees);
}

}  // namespace sluice::source
