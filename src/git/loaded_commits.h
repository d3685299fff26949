#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "git/oid.h"

namespace sluice::pack {
class CommitGraph;
}

namespace sluice::git {

class Repository;

/// Commits read so far, by number; what the walks of this room share. Each is read once: from Git's
/// commit-graph where that is used and holds it (see LazyCommitGraph), provided that the object database
/// has the commit as well; else from the commit itself.
class LoadedCommits {
 public:
  /// The generation of commits that the commit-graph does not hold, and of all when none is used.
  static constexpr std::uint64_t no_generation = UINT64_MAX;

  struct Node {
    Oid id;
    std::int64_t time = 0;     ///< committer's seconds
    std::vector<Oid> parents;  ///< none at a shallow boundary
    /// Greater than that of every ancestor, or no_generation; a commit that has one has no ancestor
    /// without.
    std::uint64_t generation = no_generation;
    unsigned flags = 0;     ///< free for the walk
    bool queued = false;    ///< free for the walk
    bool expanded = false;  ///< free for the walk
  };

  explicit LoadedCommits(const Repository& repository) : repository_(repository) {}

  /// The number of commit `id`. Generations of others may become known by the call. Errors: as
  /// read_object.
  Result<std::size_t> load(const Oid& id);

  /// The number of `id`, a parent of commit `child`; an Error names both.
  Result<std::size_t> load_parent(std::size_t child, const Oid& id);

  Node& operator[](std::size_t number) { return nodes_[number]; }
  const Node& operator[](std::size_t number) const { return nodes_[number]; }
  std::size_t size() const { return nodes_.size(); }

  /// The number of `id` if it was loaded before, else size().
  std::size_t find(const Oid& id) const;

  /// How much later than its ancestors a commit is, as far as that is known: the generation where it
  /// follows the time, and no_generation elsewhere.
  std::uint64_t corrected_date(std::size_t number) const;

 private:
  Result<Node> read(const Oid& id);
  void use(const pack::CommitGraph& graph);

  const Repository& repository_;
  const pack::CommitGraph* graph_ = nullptr;  // none yet, or none at all
  std::vector<Node> nodes_;
  std::unordered_map<Oid, std::size_t> numbers_;
};

}  // namespace sluice::git
