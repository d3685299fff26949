#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "git/oid.h"

namespace sluice::git {

class Repository;

/// Commits read so far, by number; what the walks of this room share. Each is read once.
class CommitGraph {
 public:
  struct Node {
    Oid id;
    std::int64_t time = 0;     ///< committer's seconds
    std::vector<Oid> parents;  ///< none at a shallow boundary
    unsigned flags = 0;        ///< free for the walk
    bool queued = false;       ///< free for the walk
    bool expanded = false;     ///< free for the walk
  };

  explicit CommitGraph(const Repository& repository) : repository_(repository) {}

  /// The number of commit `id`. Errors: as read_object.
  Result<std::size_t> load(const Oid& id);

  /// The number of `id`, a parent of commit `child`; an Error names both.
  Result<std::size_t> load_parent(std::size_t child, const Oid& id);

  Node& operator[](std::size_t number) { return nodes_[number]; }
  const Node& operator[](std::size_t number) const { return nodes_[number]; }
  std::size_t size() const { return nodes_.size(); }

  /// The number of `id` if it was loaded before, else size().
  std::size_t find(const Oid& id) const;

 private:
  const Repository& repository_;
  std::vector<Node> nodes_;
  std::unordered_map<Oid, std::size_t> numbers_;
};

}  // namespace sluice::git
