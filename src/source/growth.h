#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "git/attribution.h"
#include "git/commit.h"
#include "git/diff.h"
#include "git/repository.h"
#include "source/history.h"
#include "source/item.h"
#include "source/object_list.h"
#include "source/presence.h"
#include "source/seen.h"

namespace sluice::source {

/// What a repository's history has gained since an audit, where it has done nothing but grow: new
/// objects, and commits that build on those there were. Old findings stay as they were then, but for
/// the ranks of commits that no tip leads to. Of commits of one second that do not build on one another
/// either may be taken for the first.
class Growth {
 public:
  /// `repository` and `options` must outlive the result. Errors: unsupported when it did not merely
  /// grow, saying what else happened (history was rewritten, commits are older than known ones, objects
  /// are absent, ...): all of it has to be read then. As git::read_object.
  static Result<Growth> since(const git::Repository& repository, const SourceOptions& options,
                              const Seen& seen);

  /// Paths at which a commit has something that its parents have not there.
  const std::vector<std::string>& changed_paths() const { return changed_paths_; }

  /// Objects that were there, at a path where they may not have been: where something could be found in
  /// them, only a look at the whole history tells what that means.
  const std::vector<git::Oid>& moved() const { return moved_; }

  const std::vector<git::Oid>& new_objects() const { return objects_.ids; }

  /// As History's, for what is new.
  Result<HistoryCounts> scan(ItemConsumer& consumer);
  Result<std::unordered_map<git::Oid, git::Attribution>> attribute(const std::vector<git::Oid>& ids,
                                                                   ItemConsumer& consumer);
  Result<std::unordered_map<git::Oid, std::size_t>> ranks(const std::vector<git::Oid>& commits,
                                                          ItemConsumer& consumer);

  /// Which refs' tips hold the blobs of `before`, which an earlier audit found, and those that attribute was
  /// last asked for. Only tips that have moved are looked at.
  Presence presence(Presence before) const;

  /// How many commits come before those that no tip leads to, beyond those that did then.
  std::uint64_t new_commits() const { return order_.size(); }

  /// What an audit of all of it would have seen now.
  Seen seen_now() const;

 private:
  struct NewCommit {
    git::Oid tree;
    std::vector<git::Oid> parents;
    std::int64_t time = 0;
  };
  // Where a new blob came in.
  struct Arrival {
    git::Oid commit;
    std::vector<std::string> paths;
  };

  Growth(const git::Repository& repository, const SourceOptions& options, const Seen& seen)
      : repository_(repository), options_(options), seen_(seen) {}

  bool is_new(const git::Oid& id) const;
  void add_holders(Presence& presence, const std::vector<std::uint32_t>& moved_refs) const;
  Status read_commits();
  Status check_tips();
  Status check_old_commit(const git::Oid& id) const;
  Status order_commits();
  Status check_order() const;
  Status compare_trees();
  Status compare(const git::Oid& id, const NewCommit& commit);
  Result<git::Oid> tree_of(const git::Oid& commit) const;
  Status arrive(const git::Change& change, const git::Oid& commit);
  Status scan_object(const git::Oid& id, ItemConsumer& consumer, HistoryCounts& counts);

  const git::Repository& repository_;
  const SourceOptions& options_;
  Seen seen_;
  NewObjects objects_;
  std::vector<git::Oid> tips_;
  std::vector<git::Ref> refs_;  // those that people check out
  FoundBlobs found_;            // those that attribute was asked for
  std::unordered_map<git::Oid, NewCommit> commits_;
  std::vector<git::Oid> order_;  // of the new commits, parents first
  std::unordered_map<git::Oid, Arrival> arrivals_;
  std::vector<std::string> changed_paths_;
  std::vector<git::Oid> moved_;
};

}  // namespace sluice::source
