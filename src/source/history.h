#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "git/attribution.h"
#include "git/repository.h"
#include "pack/object_store.h"
#include "pack/walk_plan.h"
#include "source/commit_table.h"
#include "source/connectivity.h"
#include "source/item.h"
#include "source/presence.h"
#include "source/seen.h"
#include "source/tips.h"
#include "source/tree_index.h"

namespace sluice::source {

struct HistoryCounts {
  std::uint64_t commits = 0;
  std::uint64_t blobs = 0;
  std::uint64_t messages = 0;
};

/// Tells names of tree entries worth knowing of, so that a second look at all trees is made only if
/// one of them is there. Called from all threads.
using NameWatch = std::function<bool(std::string_view name)>;

/// A repository's whole past: every object of its database (unreachable ones, stashes, reflogs, notes
/// and alternates included), or only what refs and reflogs reach.
class History {
 public:
  /// `repository` must outlive this.
  History(const git::Repository& repository, const SourceOptions& options)
      : repository_(repository), options_(options) {}

  /// Yields each blob once, without paths, and each commit's and tag's message, from `options.jobs`
  /// threads at once. Problems: unreadable and corrupt objects, objects that are referred to from
  /// what can be reached but absent, a shallow clone. Errors: as git::all_objects; interrupted.
  Result<HistoryCounts> scan(ItemConsumer& consumer, const NameWatch& watch);

  /// Where the blobs `ids` came from: first commit, author, date, all paths. To be called after scan,
  /// even for none: the trees are read here. Problems go to `consumer`.
  Result<std::unordered_map<git::Oid, git::Attribution>> attribute(const std::vector<git::Oid>& ids,
                                                                   ItemConsumer& consumer);

  /// The ranks of `commits` among all, oldest first. Call after scan.
  Result<std::unordered_map<git::Oid, std::size_t>> ranks(const std::vector<git::Oid>& commits,
                                                          ItemConsumer& consumer);

  /// Whether some tree holds an entry that was watched for. Known after attribute.
  bool watched_name_seen() const { return watched_name_seen_; }

  /// Which refs' tips hold the blobs that attribute was last asked for. Call after attribute.
  const Presence& presence() const { return presence_; }

  /// What was seen, for who wants to look later only at what has come since. Call after attribute.
  /// Errors: unsupported (another engine than the fast one, a shard, only what can be reached, several
  /// object databases).
  Result<Seen> seen();

  /// Every commit's tree, parents before children, unreachable commits last. Found once; the answer
  /// lives as long as this.
  Result<const std::vector<git::AttributionRoot>*> roots(ItemConsumer& consumer);

 private:
  bool reads_trees_last() const;
  Status walk_trees(TreeIndex& index, ItemConsumer& consumer);
  Status take_tips(Result<Tips> tips, ItemConsumer& consumer);
  Result<std::vector<git::Oid>> commits_in_order(ItemConsumer& consumer);
  std::vector<git::Oid> peeled_tips() const;
  bool has_tag_on_tree() const;
  bool find_roots_in_table();
  Status find_roots(ItemConsumer& consumer);
  void find_presence(const FoundBlobs& blobs, const TreeIndex* index, ItemConsumer& consumer);
  Status report_missing(const TreeIndex& index, const git::AttributionResult& found,
                        ItemConsumer& consumer);

  const git::Repository& repository_;
  const SourceOptions& options_;
  NameWatch watch_;
  std::optional<pack::ObjectStore> store_;
  std::unique_ptr<const pack::WalkPlan> plan_;
  std::unique_ptr<const ObjectNumbers> numbers_;
  std::unique_ptr<CommitTable> commits_;
  std::unique_ptr<ReferenceCheck> references_;
  std::unordered_set<git::Oid> reached_;  // when only these count
  std::atomic<bool> watched_name_seen_ = false;
  std::vector<git::Oid> tips_;           // what refs and reflogs name
  std::vector<git::Ref> refs_;           // those that people check out
  Presence presence_;
  std::vector<git::Oid> commits_found_;  // every commit object seen by scan
  std::optional<std::vector<git::AttributionRoot>> roots_;
  bool roots_are_from_table_ = false;    // so that every commit that can be reached was met
  std::size_t reached_roots_ = 0;        // how many of them come first that tips reach
};

}  // namespace sluice::source
