#include "source/introductions.h"

#include <algorithm>
#include <optional>

#include "git/object.h"
#include "git/tree.h"

namespace sluice::source {
namespace {

using git::Object;
using git::Oid;
using git::TreeEntry;

constexpr std::size_t deepest = 4096;

// One folder to compare with the same folder of each parent (zero where a parent has none).
struct Folder {
  std::string path;
  std::size_t depth;
  Oid tree;
  std::vector<Oid> parents;
};

struct ReadTree {
  std::optional<Object> object;
  std::vector<TreeEntry> entries;
};

Result<ReadTree> read_tree(const git::Repository& repository, const Oid& id) {
  ReadTree read;
  if (id.is_zero()) return read;
  SLUICE_TRY_ASSIGN(Object object, git::read_object(repository, id, git::ObjectKind::tree));
  read.object.emplace(std::move(object));
  SLUICE_TRY_ASSIGN(read.entries, git::parse_tree(read.object->bytes(), id.algorithm));
  // By name, so that folders of any size compare in linear time.
  std::sort(read.entries.begin(), read.entries.end(),
            [](const TreeEntry& a, const TreeEntry& b) { return a.name < b.name; });
  return read;
}

// The parents' entries of one name, for names asked in ascending order.
class ParentEntries {
 public:
  explicit ParentEntries(const std::vector<ReadTree>& trees) : trees_(trees), at_(trees.size()) {}

  std::vector<const TreeEntry*> advance_to(std::string_view name) {
    std::vector<const TreeEntry*> found(trees_.size(), nullptr);
    for (std::size_t i = 0; i < trees_.size(); ++i) {
      const auto& entries = trees_[i].entries;
      while (at_[i] < entries.size() && entries[at_[i]].name < name) ++at_[i];
      if (at_[i] < entries.size() && entries[at_[i]].name == name) found[i] = &entries[at_[i]];
    }
    return found;
  }

 private:
  const std::vector<ReadTree>& trees_;
  std::vector<std::size_t> at_;
};

class Comparison {
 public:
  explicit Comparison(const git::Repository& repository) : repository_(repository) {}

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
    SLUICE_TRY_ASSIGN(const ReadTree tree, read_tree(repository_, folder.tree));
    std::vector<ReadTree> parents;
    for (const Oid& parent : folder.parents) {
      SLUICE_TRY_ASSIGN(ReadTree read, read_tree(repository_, parent));
      parents.push_back(std::move(read));
    }
    ParentEntries parent_entries(parents);
    for (const TreeEntry& entry : tree.entries) {
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

  const git::Repository& repository_;
  std::vector<Folder> pending_;
  std::vector<Introduction> found_;
};

}  // namespace

Result<std::vector<Introduction>> introductions(const git::Repository& repository, const Oid& tree,
                                                const std::vector<Oid>& parent_trees) {
  return Comparison(repository).run(tree, parent_trees);
}

}  // namespace sluice::source
