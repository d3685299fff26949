#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "git/attribution.h"
#include "git/commit.h"
#include "git/diff.h"
#include "git/repository.h"
#include "source/held_blobs.h"
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
  static Result<Growth> since(const git::Repository& repository, const SourceOptions& options, Seen seen);

  /// Whether a ref to a tree (as a merge leaves behind in AUTO_MERGE) came or went: what must not be absent is
  /// then something else.
  bool has_other_trees() const { return has_other_trees_; }

  /// Paths at which a commit has something that its parents have not there.
  const std::vector<std::string>& changed_paths() const { return changed_paths_; }

  /// Objects that were there, at a path where they may not have been: where something could be found in
  /// them, only a look at the whole history tells what that means.
  const std::vector<git::Oid>& moved() const { return moved_; }

  const git::Repository& repository() const { return repository_; }

  const std::vector<git::Oid>& new_objects() const { return objects_.ids; }

  /// As History's, for what is new.
  Result<HistoryCounts> scan(ItemConsumer& consumer);
  Result<std::unordered_map<git::Oid, git::Attribution>> attribute(const std::vector<git::Oid>& ids,
                                                                   ItemConsumer& consumer);
  Result<std::unordered_map<git::Oid, std::size_t>> ranks(const std::vector<git::Oid>& commits,
                                                          ItemConsumer& consumer);

  /// Those that attribute was last asked for, as far as a commit holds them.
  const FoundBlobs& found() const { return found_; }

  /// What people check out now, in the order in which reports name it.
  const std::vector<NamedTip>& checked_out_tips() const { return checked_out_tips_; }

  /// How many commits tips lead to; those that none leads to come after them.
  std::uint64_t reached() const { return seen_.reached + order_.size(); }

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

  Growth(const git::Repository& repository, const SourceOptions& options, Seen seen)
      : repository_(repository), options_(options), seen_(std::move(seen)) {}

  bool is_new(const git::Oid& id) const;
  Status read_tips();
  bool note_tip(const git::Oid& id);
  Status read_commits();
  Status check_tips();
  Status check_tips_gone(const std::unordered_set<git::Oid>& met);
  Status check_new_tree(const git::Oid& tip);
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
  std::vector<bool> is_named_;        // of the tips that there were, whether they still are
  std::vector<git::Oid> fresh_tips_;  // sorted
  std::vector<NamedTip> checked_out_tips_;
  bool has_other_trees_ = false;
  FoundBlobs found_;
  std::unordered_map<git::Oid, NewCommit> commits_;
  std::vector<git::Oid> order_;  // of the new commits, parents first
  std::unordered_map<git::Oid, Arrival> arrivals_;
  std::vector<std::string> changed_paths_;
  std::vector<git::Oid> moved_;
};

}  // namespace sluice::source
