#include "source/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <unordered_set>

#include "git/commit.h"
#include "git/object.h"
#include "git/refs.h"
#include "git/simple.h"
#include "git/tree.h"
#include "git/walk.h"
#include "pack/walk.h"
#include "source/connectivity.h"
#include "source/messages.h"
#include "source/object_store.h"

namespace sluice::source {
namespace {

using git::Oid;

// What the threads of a scan share.
struct ScanState {
  const SourceOptions& options;
  ItemConsumer& consumer;
  ReferenceCheck& references;
  const NameWatch& watch;
  const std::unordered_set<Oid>* only;  // null: every object
  std::uint64_t total = 0;
  std::atomic<std::uint64_t> done = 0;
  std::atomic<bool>& watched_name_seen;
  std::mutex lock;
  HistoryCounts counts;
  std::vector<Oid> commits;
};

// One thread's share of the scan, whichever engine reads the objects.
class HistoryVisitor : public pack::WalkVisitor {
 public:
  explicit HistoryVisitor(ScanState& state) : state_(state) {}

  ~HistoryVisitor() override {
    const std::lock_guard guard(state_.lock);
    state_.counts.commits += commits_.size();
    state_.counts.messages += commits_.size() + tags_;
    state_.counts.blobs += blobs_;
    state_.commits.insert(state_.commits.end(), commits_.begin(), commits_.end());
    state_.commits.insert(state_.commits.end(), elsewhere_.begin(), elsewhere_.end());
  }

  std::shared_ptr<const pack::Memory> object(const pack::WalkedObject& object) override {
    return visit(object.id, object.kind, object.bytes, object.derivation);
  }

  void problem(const pack::ObjectId* id, const Error& error) override {
    Problem problem = to_problem(error);
    if (id != nullptr) problem.where = id->hex();
    state_.consumer.problem(std::move(problem));
  }

  // Counted where it is visited; here it is only one more that may have brought a blob.
  void commit_elsewhere(const pack::ObjectId& object) override {
    const Oid id = object;
    if (state_.only == nullptr || state_.only->count(id) != 0) elsewhere_.push_back(id);
  }

  std::shared_ptr<const Memory> visit(const Oid& id, pack::ObjectKind kind, std::string_view bytes,
                                      const pack::Derivation* derivation) {
    if ((++state_.done & 63) == 0) state_.consumer.progress(state_.done, state_.total);
    if (state_.only != nullptr && state_.only->count(id) == 0) return nullptr;
    if (kind == pack::ObjectKind::blob) return visit_blob(id, bytes, derivation);
    if (const Status status = visit_kind(id, kind, bytes); !status) {
      Problem problem = to_problem(status.error());
      problem.where = id.hex();
      state_.consumer.problem(std::move(problem));
    }
    return nullptr;
  }

 private:
  Status visit_kind(const Oid& id, pack::ObjectKind kind, std::string_view bytes) {
    switch (kind) {
      case pack::ObjectKind::blob: return {};
      case pack::ObjectKind::tree: return visit_tree(id, bytes);
      case pack::ObjectKind::commit: return visit_commit(id, bytes);
      case pack::ObjectKind::tag: return visit_tag(id, bytes);
    }
    return {};
  }

  std::shared_ptr<const Memory> visit_blob(const Oid& id, std::string_view bytes,
                                           const pack::Derivation* derivation) {
    if (skip_when_large(state_.options, bytes.size(), id.hex(), state_.consumer)) return nullptr;
    ++blobs_;
    Item item;
    item.bytes = bytes;
    item.origin.kind = OriginKind::blob;
    item.origin.object = id.hex();
    item.derivation = derivation;
    return state_.consumer.consume(item);
  }

  Status visit_tree(const Oid& id, std::string_view bytes) {
    SLUICE_TRY_ASSIGN(const auto entries, git::parse_tree(bytes, id.algorithm));
    for (const git::TreeEntry& entry : entries) {
      if (entry.kind() != git::FileKind::submodule) state_.references.note(entry.id);
      if (state_.watch(entry.name)) state_.watched_name_seen = true;
    }
    return {};
  }

  Status visit_commit(const Oid& id, std::string_view bytes) {
    SLUICE_TRY_ASSIGN(const git::Commit commit, git::parse_commit(bytes));
    commits_.push_back(id);
    state_.references.note(commit.tree);
    yield_commit_message(commit, commit_origin(id, commit), state_.consumer);
    return {};
  }

  Status visit_tag(const Oid& id, std::string_view bytes) {
    SLUICE_TRY_ASSIGN(const git::Tag tag, git::parse_tag(bytes));
    ++tags_;
    state_.references.note(tag.target);
    yield_tag_message(id, tag, state_.consumer);
    return {};
  }

  ScanState& state_;
  std::vector<Oid> commits_;
  std::vector<Oid> elsewhere_;
  std::uint64_t blobs_ = 0;
  std::uint64_t tags_ = 0;
};

// The simple engine: one object after the other through libgit2.
Status read_each(const git::Repository& repository, ScanState& state) {
  HistoryVisitor visitor(state);
  SLUICE_TRY_ASSIGN(const std::vector<Oid> all, git::simple::all_objects(repository));
  for (const Oid& id : all) {
    if (state.consumer.interrupted()) return fail(ErrorKind::interrupted, "interrupted");
    const auto object = git::simple::read_object(repository, id);
    if (object) {
      visitor.visit(id, object->kind(), object->bytes(), nullptr);
    } else {
      Problem problem = to_problem(object.error());
      problem.where = id.hex();
      state.consumer.problem(std::move(problem));
    }
  }
  return {};
}

pack::WalkOptions walk_options(const SourceOptions& source, const ItemConsumer& consumer) {
  pack::WalkOptions options;
  options.jobs = std::max(1u, source.jobs);
  options.interrupted = [&consumer] { return consumer.interrupted(); };
  options.shard = source.shard;
  return options;
}

Status walk_store(const pack::ObjectStore& store, bool with_trees, ScanState& state) {
  pack::WalkOptions options = walk_options(state.options, state.consumer);
  options.kinds.trees = with_trees;
  return pack::walk(store, options,
                    [&state](unsigned) { return std::make_unique<HistoryVisitor>(state); });
}

// One thread's reader of trees, when they are read for themselves.
class TreeVisitor : public pack::WalkVisitor {
 public:
  TreeVisitor(TreeIndex::Reader& reader, const std::unordered_set<Oid>* only, ItemConsumer& consumer)
      : reader_(reader), only_(only), consumer_(consumer) {}

  std::shared_ptr<const pack::Memory> object(const pack::WalkedObject& object) override {
    if (only_ != nullptr && only_->count(object.id) == 0) return nullptr;
    auto memory = reader_.read(object.id, object.bytes, object.derivation);
    if (memory) return *memory;
    problem(&object.id, memory.error());
    return nullptr;
  }

  void problem(const pack::ObjectId* id, const Error& error) override {
    Problem problem = to_problem(error);
    if (id != nullptr) problem.where = id->hex();
    consumer_.problem(std::move(problem));
  }

 private:
  TreeIndex::Reader& reader_;
  const std::unordered_set<Oid>* only_;
  ItemConsumer& consumer_;
};

// Another shard's commit is known by its header only; where it is damaged, that shard says so.
bool is_readable_commit(const git::Repository& repository, const Oid& id) {
  const auto object = git::read_object(repository, id, git::ObjectKind::commit);
  return object && git::parse_commit(object->bytes());
}

void report_shallow(const git::Repository& repository, ItemConsumer& consumer) {
  if (!repository.is_shallow()) return;
  consumer.problem({fmt::format("the clone is shallow: history is cut at {} commits",
                                repository.shallow_boundary().size()),
                    repository.git_dir(),
                    "fetch the rest: git fetch --unshallow (actions/checkout: fetch-depth: 0)"});
}

}  // namespace

Result<std::vector<Oid>> History::tips(ItemConsumer& consumer) {
  SLUICE_TRY_ASSIGN(const git::RefList refs, git::all_refs(repository_));
  SLUICE_TRY_ASSIGN(const git::Reflogs logs, git::all_reflogs(repository_));
  for (const Error& error : refs.problems) consumer.problem(to_problem(error));
  for (const Error& error : logs.problems) consumer.problem(to_problem(error));
  std::vector<Oid> tips;
  for (const git::Ref& ref : refs.refs) tips.push_back(ref.target);
  for (const git::ReflogEntry& entry : logs.entries) {
    // A log outlives what it names when gc has pruned it; that is no damage.
    if (git::has_object(repository_, entry.id)) tips.push_back(entry.id);
  }
  std::sort(tips.begin(), tips.end());
  tips.erase(std::unique(tips.begin(), tips.end()), tips.end());
  return tips;
}

// Trees are read when it is known which blobs to look for in them. Another engine reads what it
// attributes by itself, and a shard sees too few of them.
bool History::reads_trees_last() const {
  return options_.engine == Engine::fast && options_.shard.is_whole();
}

Result<HistoryCounts> History::scan(ItemConsumer& consumer, const NameWatch& watch) {
  report_shallow(repository_, consumer);
  watch_ = watch;
  SLUICE_TRY_ASSIGN(tips_, tips(consumer));
  SLUICE_TRY_ASSIGN(store_, open_store(repository_));
  references_ = std::make_unique<ReferenceCheck>(*store_);
  if (options_.reachable_only) {
    SLUICE_TRY_ASSIGN(reached_, reachable_objects(repository_, tips_, consumer));
  }
  ScanState state{options_, consumer, *references_, watch_,
                  options_.reachable_only ? &reached_ : nullptr,
                  pack::count_objects(*store_) / std::max(1u, options_.shard.count), {},
                  watched_name_seen_, {}, {}, {}};
  SLUICE_TRY(options_.engine == Engine::simple
                 ? read_each(repository_, state)
                 : walk_store(*store_, !reads_trees_last(), state));
  commits_found_ = std::move(state.commits);
  std::sort(commits_found_.begin(), commits_found_.end());
  return state.counts;
}

Status History::walk_trees(TreeIndex& index, ItemConsumer& consumer) {
  pack::WalkOptions options = walk_options(options_, consumer);
  options.kinds = {false, true, false, false};
  const TreeIndex::Notices notices{
      [this](std::string_view name) {
        if (watch_(name)) watched_name_seen_ = true;
      },
      [this](const Oid& id) { references_->note(id); }};
  return pack::walk(*store_, options, [&](unsigned) {
    return std::make_unique<TreeVisitor>(index.add_reader(notices),
                                         options_.reachable_only ? &reached_ : nullptr, consumer);
  });
}

Result<std::vector<Oid>> History::commits_in_order(ItemConsumer& consumer) {
  std::vector<Oid> starts;
  for (const Oid& tip : tips_) {
    // Tags on trees and blobs have no commits; broken tips were reported by the scan.
    if (const auto commit = git::peel_to_commit(repository_, tip)) starts.push_back(*commit);
  }
  std::vector<Oid> ordered;
  if (auto walked = git::commits(repository_, starts, {})) {
    ordered = std::move(*walked);
  } else {
    consumer.problem(to_problem(walked.error()));
  }
  // Unreachable commits come last: their parents may be gone, so they cannot be walked.
  const std::unordered_set<Oid> known(ordered.begin(), ordered.end());
  for (const Oid& id : commits_found_) {
    if (known.count(id) != 0) continue;
    if (options_.shard.is_whole() || is_readable_commit(repository_, id)) ordered.push_back(id);
  }
  return ordered;
}

Result<const std::vector<git::AttributionRoot>*> History::roots(ItemConsumer& consumer) {
  if (!roots_) {
    SLUICE_TRY_ASSIGN(const std::vector<Oid> commits, commits_in_order(consumer));
    SLUICE_TRY_ASSIGN(roots_, git::commit_roots(repository_, commits));
  }
  return &*roots_;
}

Result<std::unordered_map<Oid, git::Attribution>> History::attribute(const std::vector<Oid>& ids,
                                                                     ItemConsumer& consumer) {
  if (!store_) return fail(ErrorKind::invalid_input, "the history was not scanned");
  TreeIndex index(*store_, ids);
  if (reads_trees_last()) SLUICE_TRY(walk_trees(index, consumer));
  SLUICE_TRY(references_->report_missing(repository_, tips_, consumer));
  if (ids.empty()) return std::unordered_map<Oid, git::Attribution>();
  SLUICE_TRY_ASSIGN(const std::vector<git::AttributionRoot>* const all, roots(consumer));
  SLUICE_TRY_ASSIGN(git::AttributionResult result,
                    reads_trees_last() ? index.attribute(*all)
                                       : git::attribute(repository_, ids, *all));
  for (const Error& error : result.problems) consumer.problem(to_problem(error));
  return std::move(result.blobs);
}

Result<std::unordered_map<Oid, std::size_t>> History::ranks(ItemConsumer& consumer) {
  SLUICE_TRY_ASSIGN(const std::vector<git::AttributionRoot>* const all, roots(consumer));
  std::unordered_map<Oid, std::size_t> ranks;
  ranks.reserve(all->size());
  for (std::size_t i = 0; i < all->size(); ++i) ranks.emplace((*all)[i].commit, i);
  return ranks;
}

}  // namespace sluice::source
