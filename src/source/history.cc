#include "source/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <unordered_set>

#include "base/beside.h"
#include "base/free_memory.h"
#include "git/commit.h"
#include "git/object.h"
#include "git/refs.h"
#include "git/simple.h"
#include "git/walk.h"
#include "pack/walk.h"
#include "source/connectivity.h"
#include "source/history_visitor.h"
#include "source/object_store.h"
#include "source/tips.h"
#include "source/tree_visitor.h"

namespace sluice::source {
namespace {

using git::Oid;

// The simple engine: one object after the other through libgit2.
Status read_each(const git::Repository& repository, ScanState& state) {
  HistoryVisitor visitor(state);
  SLUICE_TRY_ASSIGN(const std::vector<Oid> all, git::simple::all_objects(repository));
  for (const Oid& id : all) {
    if (state.consumer.interrupted()) return fail(ErrorKind::interrupted, "interrupted");
    const auto object = git::simple::read_object(repository, id);
    if (object) {
      visitor.object({id, object->kind(), object->bytes()});
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
  return options;
}

Status walk_store(const pack::WalkPlan& plan, ScanState& state) {
  pack::WalkOptions options = walk_options(state.options, state.consumer);
  options.kinds.trees = false;  // they are read when it is known which blobs to look for in them
  return pack::walk(plan, options,
                    [&state](unsigned) { return std::make_unique<HistoryVisitor>(state); });
}

void report_shallow(const git::Repository& repository, ItemConsumer& consumer) {
  if (!repository.is_shallow()) return;
  consumer.problem({fmt::format("the clone is shallow: history is cut at {} commits",
                                repository.shallow_boundary().size()),
                    repository.git_dir(),
                    "fetch the rest: git fetch --unshallow (actions/checkout: fetch-depth: 0)"});
}

}  // namespace

Status History::take_tips(Result<Tips> tips, ItemConsumer& consumer) {
  if (!tips) return tl::unexpected<Error>(std::move(tips.error()));
  for (const Error& error : tips->problems) consumer.problem(to_problem(error));
  tips_ = std::move(tips->ids);
  refs_ = checked_out(tips->refs);
  return {};
}

// The simple engine reads what it attributes by itself.
bool History::reads_trees_last() const { return options_.engine == Engine::fast; }

Result<HistoryCounts> History::scan(ItemConsumer& consumer, const NameWatch& watch) {
  report_shallow(repository_, consumer);
  watch_ = watch;
  base::Beside<Result<Tips>> tips([this] { return find_tips(repository_); });
  tips.start();
  SLUICE_TRY_ASSIGN(store_, open_store(repository_));
  plan_ = std::make_unique<const pack::WalkPlan>(*store_, options_.shard, std::max(1u, options_.jobs));
  SLUICE_TRY(take_tips(std::move(tips.get()), consumer));
  numbers_ = std::make_unique<const ObjectNumbers>(*store_);
  if (reads_trees_last()) commits_ = std::make_unique<CommitTable>(*numbers_);
  references_ = std::make_unique<ReferenceCheck>(*store_);
  if (options_.reachable_only) {
    SLUICE_TRY_ASSIGN(reached_, reachable_objects(repository_, tips_, consumer));
  }
  ScanState state{options_, consumer, *references_, watch_,
                  options_.reachable_only ? &reached_ : nullptr,
                  plan_->object_count(), {},
                  watched_name_seen_, {}, {}, {}, repository_.shallow_boundary(), numbers_.get(),
                  commits_.get()};
  SLUICE_TRY(options_.engine == Engine::simple
                 ? read_each(repository_, state)
                 : walk_store(*plan_, state));
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
      }};
  return pack::walk(*plan_, options, [&](unsigned) {
    return std::make_unique<TreeVisitor>(index.add_reader(notices),
                                         options_.reachable_only ? &reached_ : nullptr, consumer);
  });
}

// The commits that the tips name. Tags on trees and blobs have none; broken tips were reported by the scan.
std::vector<Oid> History::peeled_tips() const {
  std::vector<Oid> starts;
  for (const Oid& tip : tips_) {
    if (commits_ && commits_->contains(tip)) {
      starts.push_back(tip);
    } else if (const auto commit = git::peel_to_commit(repository_, tip)) {
      starts.push_back(*commit);
    }
  }
  return starts;
}

bool History::has_tag_on_tree() const {
  return std::any_of(tips_.begin(), tips_.end(), [this](Oid id) {
    while (!commits_ || !commits_->contains(id)) {
      const auto object = git::read_object(repository_, id);
      if (!object || object->kind() != git::ObjectKind::tag)
        return object && object->kind() == git::ObjectKind::tree;
      const auto tag = git::parse_tag(object->bytes());
      if (!tag) return false;
      id = tag->target;
    }
    return false;
  });
}

Result<std::vector<Oid>> History::commits_in_order(ItemConsumer& consumer) {
  std::vector<Oid> ordered;
  if (auto walked = git::commits(repository_, peeled_tips(), {})) {
    ordered = std::move(*walked);
  } else {
    consumer.problem(to_problem(walked.error()));
  }
  reached_roots_ = ordered.size();
  // Unreachable commits come last: their parents may be gone, so they cannot be walked.
  const std::unordered_set<Oid> known(ordered.begin(), ordered.end());
  for (const Oid& id : commits_found_) {
    if (known.count(id) == 0) ordered.push_back(id);
  }
  return ordered;
}

Result<const std::vector<git::AttributionRoot>*> History::roots(ItemConsumer& consumer) {
  if (!roots_) SLUICE_TRY(find_roots(consumer));
  return &*roots_;
}

// False when there is no table of commits, or one that can be reached was not met.
bool History::find_roots_in_table() {
  auto known = commits_ ? commits_->roots(peeled_tips()) : std::nullopt;
  if (!known) return false;
  roots_ = std::move(known->all);
  reached_roots_ = known->reached;
  roots_are_from_table_ = true;
  return true;
}

Status History::find_roots(ItemConsumer& consumer) {
  if (find_roots_in_table()) return {};
  SLUICE_TRY_ASSIGN(const std::vector<Oid> commits, commits_in_order(consumer));
  SLUICE_TRY_ASSIGN(roots_, git::commit_roots(repository_, commits));
  return {};
}

// Garbage may name what was pruned; what can be reached must be whole. What no commit leads to may still
// be reached from a tag on a tree: then all that can be reached is walked.
Status History::report_missing(const TreeIndex& index, const git::AttributionResult& found,
                               ItemConsumer& consumer) {
  const std::vector<Oid> absent = index.absent();
  if (absent.empty() && !references_->any_missing()) return {};
  if (references_->any_missing() || !found.problems.empty() ||
      has_tag_on_tree()) {
    for (const Oid& id : absent) references_->note(id);
    return references_->report_missing(repository_, tips_, consumer);
  }
  std::unordered_set<Oid> garbage;
  for (std::size_t i = reached_roots_; i < roots_->size(); ++i) garbage.insert((*roots_)[i].commit);
  for (const Oid& id : absent) {
    const auto place = found.blobs.find(id);
    if (place == found.blobs.end() || garbage.count(place->second.commit) != 0) continue;
    const auto object = git::read_object(repository_, id);
    if (!object) consumer.problem(to_problem(object.error()));
  }
  return {};
}

Result<std::unordered_map<Oid, git::Attribution>> History::attribute(const std::vector<Oid>& ids,
                                                                     ItemConsumer& consumer) {
  if (!store_) return fail(ErrorKind::invalid_input, "the history was not scanned");
  base::give_back_free_memory();  // of the scan: the trees are the most that is held at once
  git::AttributionResult result;
  if (reads_trees_last()) {
    TreeIndex index(*numbers_, ids);
    base::Beside<Status> ordering([&] { return find_roots(consumer); });
    if (!ids.empty()) ordering.start();
    SLUICE_TRY(walk_trees(index, consumer));
    if (!ids.empty() || !index.absent().empty()) {
      SLUICE_TRY(ordering.get());
      result = index.attribute(*roots_, options_.jobs);
    }
    SLUICE_TRY(report_missing(index, result, consumer));
    for (const Oid& id : index.absent()) result.blobs.erase(id);
    find_presence(result.blobs, &index, consumer);
    SLUICE_TRY(git::name_authors(repository_, result.blobs, options_.jobs));
  } else {
    SLUICE_TRY(references_->report_missing(repository_, tips_, consumer));
    if (ids.empty()) return std::unordered_map<Oid, git::Attribution>();
    SLUICE_TRY_ASSIGN(const std::vector<git::AttributionRoot>* const all, roots(consumer));
    SLUICE_TRY_ASSIGN(result, git::attribute(repository_, ids, *all));
    find_presence(result.blobs, nullptr, consumer);
  }
  for (const Error& error : result.problems) consumer.problem(to_problem(error));
  return std::move(result.blobs);
}

void History::find_presence(const FoundBlobs& blobs, const TreeIndex* index, ItemConsumer& consumer) {
  if (blobs.empty()) return;
  const std::vector<Tip> tips = tips_of(repository_, refs_, *roots_);
  if (index == nullptr) {
    presence_ = source::find_presence(repository_, blobs, tips);
    return;
  }
  std::vector<Oid> trees;
  for (const Tip& tip : tips) trees.push_back(tip.tree);
  if (const auto held = index->held(trees)) {
    presence_ = presence_of(blobs, tips, *held);
  } else {
    consumer.problem(to_problem(held.error()));
  }
}

Result<std::unordered_map<Oid, std::size_t>> History::ranks(const std::vector<Oid>& commits,
                                                            ItemConsumer& consumer) {
  SLUICE_TRY_ASSIGN(const std::vector<git::AttributionRoot>* const all, roots(consumer));
  const std::unordered_set<Oid> wanted(commits.begin(), commits.end());
  std::unordered_map<Oid, std::size_t> ranks;
  for (std::size_t i = 0; i < all->size(); ++i) {
    if (wanted.count((*all)[i].commit) != 0) ranks.emplace((*all)[i].commit, i);
  }
  return ranks;
}

Result<Seen> History::seen() {
  const bool is_all = options_.shard.is_whole() && !options_.reachable_only;
  if (!store_ || !commits_ || !is_all || store_->directories().size() != 1)
    return fail(ErrorKind::unsupported, "what is not the whole of a database cannot be built upon");
  const bool is_known = roots_ ? roots_are_from_table_ : find_roots_in_table();
  if (!is_known) return fail(ErrorKind::unsupported, "some commits could not be read");
  const std::vector<git::AttributionRoot>& all = *roots_;
  Seen seen;
  for (const pack::PackFile& pack : store_->packs()) seen.packs.emplace_back(pack.index().pack_checksum());
  std::sort(seen.packs.begin(), seen.packs.end());
  for (const pack::LooseObject& loose : store_->loose()) seen.loose.push_back(loose.id);
  seen.tips = tips_;
  seen.reached = reached_roots_;
  for (std::size_t i = reached_roots_; i < all.size(); ++i) seen.out_of_reach.push_back(all[i].commit);
  std::sort(seen.out_of_reach.begin(), seen.out_of_reach.end());
  if (reached_roots_ > 0) seen.last = all[reached_roots_ - 1].commit;
  seen.newest = commits_->newest();
  return seen;
}

}  // namespace sluice::source
