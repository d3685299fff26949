#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "git/oid.h"
#include "pack/walk.h"
#include "source/commit_table.h"
#include "source/connectivity.h"
#include "source/history.h"
#include "source/item.h"

namespace sluice::source {

/// What the threads of a scan share.
struct ScanState {
  const SourceOptions& options;
  ItemConsumer& consumer;
  ReferenceCheck& references;
  const NameWatch& watch;
  const std::unordered_set<git::Oid>* only;  // null: every object
  std::uint64_t total = 0;
  std::atomic<std::uint64_t> done = 0;
  std::atomic<bool>& watched_name_seen;
  std::mutex lock;
  HistoryCounts counts;
  std::vector<git::Oid> commits;
  const std::vector<git::Oid>& boundary;       // of a shallow clone
  const ObjectNumbers* numbers;           // with the table, or null
  CommitTable* table;
};

/// One thread's share of the scan of a history, whichever engine reads the objects: yields blobs and messages, and
/// notes what refers to what. Where a shard meets commits and tags, the messages of those whose names it holds are its own. Adds its counts to the state when it is destroyed.
class HistoryVisitor : public pack::WalkVisitor {
 public:
  /// `state` must outlive this.
  explicit HistoryVisitor(ScanState& state);
  ~HistoryVisitor() override;

  std::shared_ptr<const pack::Memory> object(const pack::WalkedObject& object) override;
  bool blob_in_pieces(const pack::ObjectId& id, pack::EntryPieces& pieces) override;
  void problem(const pack::ObjectId* id, const Error& error) override;

 private:
  Status visit_kind(const pack::WalkedObject& object);
  std::shared_ptr<const Memory> visit_blob(const pack::WalkedObject& object);
  Status visit_tree(const git::Oid& id, std::string_view bytes);
  Status visit_commit(const pack::WalkedObject& object);
  Status visit_tag(const git::Oid& id, std::string_view bytes);

  ScanState& state_;
  std::vector<git::Oid> commits_;
  std::uint64_t own_commits_ = 0;  // whose messages are the shard's
  std::optional<CommitTable::Part> part_;
  std::uint64_t blobs_ = 0;
  std::uint64_t tags_ = 0;
};

}  // namespace sluice::source
