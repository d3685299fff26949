#include "source/growth.h"

#include <algorithm>
#include <optional>
#include <queue>
#include <utility>

#include "git/commit_graph.h"
#include "git/object.h"
#include "git/ref_lookup.h"
#include "git/refs.h"
#include "git/tree_walk.h"
#include "source/messages.h"
#include "source/presence.h"

namespace sluice::source {
namespace {

using git::Oid;

// Beyond these a look at everything costs hardly more.
constexpr std::size_t most_objects = 50'000;
constexpr std::size_t most_changes = 100'000;

tl::unexpected<Error> not_mere_growth(const char* why) { return fail(ErrorKind::unsupported, why); }

// Names are spread evenly, so that the first bytes tell nearly where one must be.
std::optional<std::size_t> place_among(const std::vector<Oid>& sorted, const Oid& id) {
  constexpr std::size_t near = 64;
  const std::size_t prefix = std::size_t{id.bytes[0]} << 16 | std::size_t{id.bytes[1]} << 8 | id.bytes[2];
  const std::size_t guess = sorted.size() * prefix >> 24;
  std::size_t from = guess - std::min(near, guess);
  std::size_t to = std::min(sorted.size(), guess + near);
  if (from < to && id < sorted[from]) from = 0;
  if (from < to && sorted[to - 1] < id) to = sorted.size();
  const auto at = [&](std::size_t place) { return sorted.begin() + static_cast<std::ptrdiff_t>(place); };
  const auto found = std::lower_bound(at(from), at(to), id);
  if (found == at(to) || *found != id) return std::nullopt;
  return static_cast<std::size_t>(found - sorted.begin());
}

bool holds(const std::vector<Oid>& sorted, const Oid& id) {
  return std::binary_search(sorted.begin(), sorted.end(), id);
}

}  // namespace

Result<Growth> Growth::since(const git::Repository& repository, const SourceOptions& options, Seen seen) {
  if (repository.is_shallow()) return not_mere_growth("the clone is shallow");
  Growth growth(repository, options, std::move(seen));
  SLUICE_TRY_ASSIGN(growth.objects_, objects_beyond(repository, growth.seen_, most_objects));
  SLUICE_TRY(growth.read_tips());
  SLUICE_TRY(growth.read_commits());
  SLUICE_TRY(growth.check_tips());
  SLUICE_TRY(growth.order_commits());
  SLUICE_TRY(growth.compare_trees());
  return growth;
}

// False when it was no tip then.
bool Growth::note_tip(const Oid& id) {
  const auto place = place_among(seen_.tips, id);
  if (place) is_named_[*place] = true;
  return place.has_value();
}

Status Growth::read_tips() {
  is_named_.assign(seen_.tips.size(), false);
  std::vector<std::pair<unsigned, NamedTip>> checked_out;
  const git::VisitRef visit = [&](const git::FoundRef& ref) -> Status {
    if (!note_tip(ref.target)) fresh_tips_.push_back(ref.target);
    const auto group = ref.symbolic.empty() ? checked_out_group(ref.name) : std::nullopt;
    if (group) checked_out.emplace_back(*group, NamedTip{std::string(ref.name), ref.target});
    return {};
  };
  SLUICE_TRY_ASSIGN(git::RefFailures refs, git::visit_refs(repository_, visit));
  SLUICE_TRY_ASSIGN(git::Reflogs logs, git::all_reflogs(repository_));
  for (std::vector<Error>* problems : {&refs.problems, &logs.problems})
    if (!problems->empty()) return tl::unexpected<Error>(std::move(problems->front()));
  // A log outlives what it names when gc has pruned it; that is no damage.
  for (const git::ReflogEntry& entry : logs.entries)
    if (!note_tip(entry.id) && git::has_object(repository_, entry.id)) fresh_tips_.push_back(entry.id);
  std::sort(fresh_tips_.begin(), fresh_tips_.end());
  fresh_tips_.erase(std::unique(fresh_tips_.begin(), fresh_tips_.end()), fresh_tips_.end());
  std::stable_sort(checked_out.begin(), checked_out.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [group, tip] : checked_out) checked_out_tips_.push_back(std::move(tip));
  return {};
}

bool Growth::is_new(const Oid& id) const { return holds(objects_.ids, id); }

Status Growth::read_commits() {
  for (const Oid& id : objects_.ids) {
    SLUICE_TRY_ASSIGN(const git::ObjectHeader header, git::read_header(repository_, id));
    if (header.kind != git::ObjectKind::commit) continue;
    SLUICE_TRY_ASSIGN(const git::Object object, git::read_object(repository_, id));
    SLUICE_TRY_ASSIGN(git::Commit commit, git::parse_commit(object.bytes()));
    commits_[id] = {commit.tree, std::move(commit.parents), commit.committer.seconds};
  }
  return {};
}

// Every commit that a tip led to must still be led to, and every new one be led to.
Status Growth::check_tips() {
  std::vector<Oid> pending;
  for (const Oid& tip : fresh_tips_) {
    if (const auto commit = git::peel_to_commit(repository_, tip)) {
      pending.push_back(*commit);
    } else {
      SLUICE_TRY(check_new_tree(tip));
    }
  }
  std::unordered_set<Oid> met;
  std::unordered_set<Oid> reached;
  while (!pending.empty()) {
    const Oid id = pending.back();
    pending.pop_back();
    met.insert(id);
    const auto commit = commits_.find(id);
    if (commit == commits_.end()) {
      SLUICE_TRY(check_old_commit(id));
    } else if (reached.insert(id).second) {
      pending.insert(pending.end(), commit->second.parents.begin(), commit->second.parents.end());
    }
  }
  if (reached.size() != commits_.size()) return not_mere_growth("there are new commits that no ref leads to");
  return check_tips_gone(met);
}

Status Growth::check_tips_gone(const std::unordered_set<Oid>& met) {
  for (std::size_t i = 0; i < is_named_.size(); ++i) {
    const Oid& tip = seen_.tips[i];
    if (is_named_[i] || met.count(tip) != 0) continue;
    const auto header = git::read_header(repository_, tip);
    if (!header || header->kind != git::ObjectKind::tree)
      return not_mere_growth("refs no longer lead to what they led to");
    has_other_trees_ = true;
  }
  return {};
}

// A tree leads to no commit and gives nothing a path, but all that it leads to must be there. What HEAD leads to
// was looked at.
Status Growth::check_new_tree(const Oid& tip) {
  const auto header = git::read_header(repository_, tip);
  if (!header || header->kind != git::ObjectKind::tree) return not_mere_growth("a ref leads to what is no commit");
  has_other_trees_ = true;
  SLUICE_TRY_ASSIGN(const std::optional<Oid> head, git::head_tree(repository_));
  SLUICE_TRY_ASSIGN(const auto changes, git::tree_differences(repository_, head, tip, ""));
  const bool is_whole = std::all_of(changes.begin(), changes.end(), [&](const git::Change& change) {
    return change.submodule || change.new_id.is_zero() || git::has_object(repository_, change.new_id);
  });
  if (!is_whole) return not_mere_growth("an object is absent");
  return {};
}

Status Growth::check_old_commit(const Oid& id) const {
  if (holds(seen_.out_of_reach, id)) return not_mere_growth("a ref leads to a commit that none led to");
  SLUICE_TRY_ASSIGN(const git::ObjectHeader header, git::read_header(repository_, id));
  if (is_new(id) || header.kind != git::ObjectKind::commit)
    return not_mere_growth("a ref leads to what is no commit");
  return {};
}

// As git::commits orders them: parents first, of those that may come next the oldest.
Status Growth::order_commits() {
  std::unordered_map<Oid, std::size_t> waiting;
  std::unordered_map<Oid, std::vector<Oid>> children;
  using Ready = std::pair<std::int64_t, Oid>;
  std::priority_queue<Ready, std::vector<Ready>, std::greater<>> ready;
  for (const auto& [id, commit] : commits_) {
    std::size_t& count = waiting[id];
    for (const Oid& parent : commit.parents) {
      if (commits_.count(parent) == 0) continue;
      ++count;
      children[parent].push_back(id);
    }
    if (count == 0) ready.emplace(commit.time, id);
  }
  while (!ready.empty()) {
    const Oid id = ready.top().second;
    ready.pop();
    order_.push_back(id);
    for (const Oid& child : children[id])
      if (--waiting[child] == 0) ready.emplace(commits_[child].time, child);
  }
  return check_order();
}

// That the new commits come after all that were there: for their time, or because they build on the last.
Status Growth::check_order() const {
  std::unordered_set<Oid> behind_last = {seen_.last};
  for (const Oid& id : order_) {
    const NewCommit& commit = commits_.at(id);
    const bool builds_on_last =
        std::any_of(commit.parents.begin(), commit.parents.end(),
                    [&](const Oid& parent) { return behind_last.count(parent) != 0; });
    if (builds_on_last) behind_last.insert(id);
    if (!builds_on_last && commit.time < seen_.newest)
      return not_mere_growth("a new commit is older than a known one");
  }
  return {};
}

Result<Oid> Growth::tree_of(const Oid& commit) const {
  const auto known = commits_.find(commit);
  if (known != commits_.end()) return known->second.tree;
  return git::tree_of_commit(repository_, commit);
}

Status Growth::compare_trees() {
  for (const Oid& id : order_) SLUICE_TRY(compare(id, commits_[id]));
  std::sort(changed_paths_.begin(), changed_paths_.end());
  changed_paths_.erase(std::unique(changed_paths_.begin(), changed_paths_.end()), changed_paths_.end());
  std::sort(moved_.begin(), moved_.end());
  moved_.erase(std::unique(moved_.begin(), moved_.end()), moved_.end());
  return {};
}

// What a commit has at a path as any of its parents has it was there before.
Status Growth::compare(const Oid& id, const NewCommit& commit) {
  std::vector<std::optional<Oid>> bases;
  for (const Oid& parent : commit.parents) {
    SLUICE_TRY_ASSIGN(const Oid tree, tree_of(parent));
    bases.emplace_back(tree);
  }
  if (bases.empty()) bases.emplace_back(std::nullopt);
  std::unordered_map<std::string, std::size_t> differs;  // from how many parents
  for (const std::optional<Oid>& base : bases) {
    SLUICE_TRY_ASSIGN(const auto changes, git::tree_differences(repository_, base, commit.tree, ""));
    for (const git::Change& change : changes) {
      if (change.new_id.is_zero() || ++differs[change.path] != bases.size()) continue;
      if (changed_paths_.size() >= most_changes) return not_mere_growth("too much has changed");
      changed_paths_.push_back(change.path);
      SLUICE_TRY(arrive(change, id));
    }
  }
  return {};
}

Status Growth::arrive(const git::Change& change, const Oid& commit) {
  if (change.submodule) return {};
  if (!git::has_object(repository_, change.new_id)) return not_mere_growth("an object is absent");
  if (!is_new(change.new_id)) {
    moved_.push_back(change.new_id);
    return {};
  }
  Arrival& arrival = arrivals_[change.new_id];
  if (arrival.paths.empty()) arrival.commit = commit;
  if (std::find(arrival.paths.begin(), arrival.paths.end(), change.path) == arrival.paths.end())
    arrival.paths.push_back(change.path);
  return {};
}

Result<HistoryCounts> Growth::scan(ItemConsumer& consumer) {
  HistoryCounts counts;
  std::uint64_t done = 0;
  for (const Oid& id : objects_.ids) {
    if (consumer.interrupted()) return fail(ErrorKind::interrupted, "interrupted");
    consumer.progress(done++, objects_.ids.size());
    if (const Status status = scan_object(id, consumer, counts); !status) {
      Problem problem = to_problem(status.error());
      problem.where = id.hex();
      consumer.problem(std::move(problem));
    }
  }
  return counts;
}

Status Growth::scan_object(const Oid& id, ItemConsumer& consumer, HistoryCounts& counts) {
  SLUICE_TRY_ASSIGN(const git::ObjectHeader header, git::read_header(repository_, id));
  const bool is_blob = header.kind == git::ObjectKind::blob;
  if (is_blob && skip_when_large(options_, header.size, id.hex(), consumer)) return {};
  if (header.kind == git::ObjectKind::tree) return {};
  SLUICE_TRY_ASSIGN(const git::Object object, git::read_object(repository_, id));
  if (is_blob) {
    ++counts.blobs;
    Item item;
    item.bytes = object.bytes();
    item.origin.kind = OriginKind::blob;
    item.origin.object = id.hex();
    consumer.consume(item);
    return {};
  }
  ++counts.messages;
  if (header.kind == git::ObjectKind::commit) {
    ++counts.commits;
    SLUICE_TRY_ASSIGN(const git::Commit commit, git::parse_commit(object.bytes()));
    yield_commit_message(commit, commit_origin(id, commit), consumer);
    return {};
  }
  SLUICE_TRY_ASSIGN(const git::Tag tag, git::parse_tag(object.bytes()));
  yield_tag_message(id, tag, consumer);
  return {};
}

Result<std::unordered_map<Oid, git::Attribution>> Growth::attribute(const std::vector<Oid>& ids,
                                                                    ItemConsumer&) {
  std::unordered_map<Oid, git::Attribution> found;
  for (const Oid& id : ids) {
    const auto arrival = arrivals_.find(id);
    if (arrival == arrivals_.end()) continue;
    git::Attribution& attribution = found[id];
    attribution.commit = arrival->second.commit;
    attribution.paths = arrival->second.paths;
  }
  SLUICE_TRY(git::name_authors(repository_, found));
  found_ = found;
  return found;
}

Result<std::unordered_map<Oid, std::size_t>> Growth::ranks(const std::vector<Oid>& commits, ItemConsumer&) {
  const std::unordered_set<Oid> wanted(commits.begin(), commits.end());
  std::unordered_map<Oid, std::size_t> ranks;
  for (std::size_t i = 0; i < order_.size(); ++i)
    if (wanted.count(order_[i]) != 0) ranks.emplace(order_[i], seen_.reached + i);
  return ranks;
}

Seen Growth::seen_now() const {
  Seen now;
  now.tips.reserve(seen_.tips.size() + fresh_tips_.size());
  now.packs = objects_.packs;
  now.loose = objects_.loose;
  // Both are sorted, and no tip is in both.
  auto fresh = fresh_tips_.begin();
  for (std::size_t i = 0; i < is_named_.size(); ++i) {
    if (!is_named_[i]) continue;
    while (fresh != fresh_tips_.end() && *fresh < seen_.tips[i]) now.tips.push_back(*fresh++);
    now.tips.push_back(seen_.tips[i]);
  }
  now.tips.insert(now.tips.end(), fresh, fresh_tips_.end());
  now.out_of_reach = seen_.out_of_reach;
  now.reached = reached();
  now.last = order_.empty() ? seen_.last : order_.back();
  now.newest = seen_.newest;
  for (const auto& [id, commit] : commits_) now.newest = std::max(now.newest, commit.time);
  return now;
}

}  // namespace sluice::source
