#include "git/files_at.h"

#include <map>
#include <string>
#include <utility>

#include "git/object.h"
#include "git/repository.h"
#include "git/tree.h"

namespace sluice::git {
namespace {

using Files = std::vector<FileAt>;

// The paths that matter, as a tree of names.
class Names {
 public:
  static constexpr std::uint32_t root = 0;

  explicit Names(const std::vector<std::string_view>& paths) : nodes_(1) {
    for (std::uint32_t number = 0; number < paths.size(); ++number) nodes_[node_of(paths[number])].paths.push_back(number);
  }

  struct Node {
    std::map<std::string, std::uint32_t, std::less<>> children;
    std::vector<std::uint32_t> paths;  // that end here; several when one is given twice
  };
  const Node& operator[](std::uint32_t node) const { return nodes_[node]; }

 private:
  std::uint32_t node_of(std::string_view path) {
    std::uint32_t node = root;
    while (true) {
      const std::string_view name = path.substr(0, path.find('/'));
      const auto next = static_cast<std::uint32_t>(nodes_.size());
      const auto [child, fresh] = nodes_[node].children.emplace(std::string(name), next);
      node = child->second;
      if (fresh) nodes_.emplace_back();
      if (name.size() == path.size()) return node;
      path.remove_prefix(name.size() + 1);
    }
  }

  std::vector<Node> nodes_;
};

class Search {
 public:
  Search(const Repository& repository, const Names& names) : repository_(repository), names_(names) {}

  Files in(const Oid& tree) {
    enter({tree, Names::root});
    Files found;
    while (!open_.empty()) {
      Frame& frame = open_.back();
      if (frame.pending.empty()) {
        found = leave();
        continue;
      }
      const Folder next = frame.pending.back();
      frame.pending.pop_back();
      enter(next);
    }
    return found;
  }

 private:
  using Folder = std::pair<Oid, std::uint32_t>;  // a tree and the node that its path leads to
  struct Frame {
    Folder folder;
    Files found;
    std::vector<Folder> pending;
  };

  void enter(const Folder& folder) {
    Frame frame{folder, {}, {}};
    if (const auto known = known_.find(folder); known != known_.end()) {
      frame.found = known->second;
    } else if (const auto object = read_object(repository_, folder.first, ObjectKind::tree)) {
      read(object->bytes(), frame);
    }
    open_.push_back(std::move(frame));
  }

  void read(std::string_view bytes, Frame& frame) const {
    const auto entries = parse_tree(bytes, frame.folder.first.algorithm);
    if (!entries) return;
    const Names::Node& node = names_[frame.folder.second];
    for (const TreeEntry& entry : *entries) {
      const auto child = node.children.find(entry.name);
      if (child == node.children.end() || entry.kind() == FileKind::submodule) continue;
      const Names::Node& below = names_[child->second];
      if (entry.kind() == FileKind::tree) {
        if (!below.children.empty()) frame.pending.emplace_back(entry.id, child->second);
        continue;
      }
      for (const std::uint32_t path : below.paths) frame.found.emplace_back(path, entry.id);
    }
  }

  // What the innermost folder holds belongs to the one around it, too.
  Files leave() {
    Frame frame = std::move(open_.back());
    open_.pop_back();
    known_.emplace(frame.folder, frame.found);
    if (!open_.empty()) {
      Files& outer = open_.back().found;
      outer.insert(outer.end(), frame.found.begin(), frame.found.end());
    }
    return std::move(frame.found);
  }

  const Repository& repository_;
  const Names& names_;
  std::map<Folder, Files> known_;
  std::vector<Frame> open_;
};

}  // namespace

std::vector<std::vector<FileAt>> files_at(const Repository& repository, const std::vector<std::string_view>& paths,
                                          const std::vector<Oid>& trees) {
  const Names names(paths);
  Search search(repository, names);
  std::vector<Files> held;
  for (const Oid& tree : trees) held.push_back(search.in(tree));
  return held;
}

}  // namespace sluice::git
