#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "git/attribution.h"
#include "git/repository.h"
#include "source/item.h"

namespace sluice::source {

struct HistoryCounts {
  std::uint64_t commits = 0;
  std::uint64_t blobs = 0;
  std::uint64_t messages = 0;
  bool watched_name_seen = false;  ///< some tree holds an entry that was watched for
};

/// Tells names of tree entries worth knowing of, so that a second look at all trees is made only if
/// one of them is there. Called from all threads.
using NameWatch = std::function<bool(std::string_view name)>;

/// Where blobs came from.
struct HistoryAttribution {
  std::unordered_map<git::Oid, git::Attribution> blobs;  ///< those that some commit holds
  std::unordered_map<git::Oid, std::size_t> rank;        ///< of every commit, oldest first
};

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

  /// Where the blobs `ids` came from: first commit, author, date, all paths. Call after scan, as
  /// roots() too. Problems go to `consumer`.
  Result<HistoryAttribution> attribute(const std::vector<git::Oid>& ids, ItemConsumer& consumer);

  /// Every commit's tree, parents before children, unreachable commits last. Found once; the answer
  /// lives as long as this.
  Result<const std::vector<git::AttributionRoot>*> roots(ItemConsumer& consumer);

 private:
  Result<std::vector<git::Oid>> tips(ItemConsumer& consumer);
  Result<std::vector<git::Oid>> commits_in_order(ItemConsumer& consumer);

  const git::Repository& repository_;
  const SourceOptions& options_;
  std::vector<git::Oid> tips_;           // what refs and reflogs name
  std::vector<git::Oid> commits_found_;  // every commit object seen by scan
  std::optional<std::vector<git::AttributionRoot>> roots_;
};

}  // namespace sluice::source
