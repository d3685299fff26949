#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>

#include "base/result.h"
#include "git/oid.h"
#include "pack/commit_graph.h"

namespace sluice::git {

class Repository;

/// Git's commit-graph, alternates included; nothing when there is none, or none that counts: as in Git
/// that is so where core.commitGraph is false, in a shallow clone, and with grafts or replace refs.
/// Errors: as pack::find_commit_graph and pack::CommitGraph::open.
Result<std::optional<pack::CommitGraph>> open_commit_graph(const Repository& repository);

/// The commit-graph for walks over commits. Opening it means to read and prove all of it, so that is left
/// until so many commits have been asked for that inflating as many again would take as long: a walk over
/// few commits never looks for one, and no walk takes much longer because there is one. Any number of
/// threads may use it.
class LazyCommitGraph {
 public:
  LazyCommitGraph();

  /// To be asked for each commit that is about to be read: null as long as it does not pay, or when there
  /// is none that can be used. `repository` is always the same.
  const pack::CommitGraph* ask(const Repository& repository);

  /// Why the commit-graph was not used although it is there. Nothing is wrong but that.
  std::optional<Error> problem() const;

 private:
  void look(const Repository& repository, std::uint64_t asked);

  std::atomic<const pack::CommitGraph*> usable_ = nullptr;
  std::atomic<std::uint64_t> asked_ = 0;
  std::atomic<std::uint64_t> look_after_;  // when so many were asked for

  mutable std::mutex lock_;  // for all below
  bool is_found_ = false;
  bool is_settled_ = false;
  std::optional<pack::CommitGraph> graph_;
  std::optional<Error> problem_;
};

/// The tree of `commit`, from the commit-graph where that is used. Errors: as read_object; corrupt.
Result<Oid> tree_of_commit(const Repository& repository, const Oid& commit);

}  // namespace sluice::git
