#include "git/walk.h"

#include <algorithm>
#include <queue>
#include <utility>

#include "git/loaded_commits.h"

namespace sluice::git {
namespace {

constexpr unsigned excluded = 1;
// How many excluded commits are looked at after the last wanted one: commit times need not follow
// history, and an excluded line may only then turn out to reach a commit already listed.
constexpr int patience = 16;

// Walks from the newest commit time to the oldest, until only excluded commits are left.
class Limiter {
 public:
  explicit Limiter(LoadedCommits& graph) : graph_(graph) {}

  Status start(const std::vector<Oid>& tips, bool is_excluded) {
    for (const Oid& tip : tips) {
      SLUICE_TRY_ASSIGN(const std::size_t number, graph_.load(tip));
      if (is_excluded) exclude(number);
      enqueue(number);
    }
    return {};
  }

  Status run() {
    int left = patience;
    while (!queue_.empty() && left > 0) {
      const std::size_t number = queue_.top().second;
      queue_.pop();
      if (!is_excluded(number)) {
        --wanted_in_queue_;
        oldest_wanted_ = std::min(oldest_wanted_, graph_[number].time);
        wanted_.push_back(number);
      }
      SLUICE_TRY(expand(number));
      const bool settled =
          wanted_in_queue_ == 0 && !queue_.empty() && queue_.top().first < oldest_wanted_;
      left = settled ? left - 1 : patience;
    }
    return {};
  }

  std::vector<std::size_t> wanted() const {
    std::vector<std::size_t> numbers;
    for (const std::size_t number : wanted_)
      if (!is_excluded(number)) numbers.push_back(number);
    return numbers;
  }

 private:
  bool is_excluded(std::size_t number) const { return (graph_[number].flags & excluded) != 0; }

  void enqueue(std::size_t number) {
    LoadedCommits::Node& node = graph_[number];
    if (node.queued) return;
    node.queued = true;
    queue_.emplace(node.time, number);
    if (!is_excluded(number)) ++wanted_in_queue_;
  }

  // Excludes a commit and what is already known of its past.
  void exclude(std::size_t number) {
    std::vector<std::size_t> pending{number};
    while (!pending.empty()) {
      LoadedCommits::Node& node = graph_[pending.back()];
      pending.pop_back();
      if ((node.flags & excluded) != 0) continue;
      node.flags |= excluded;
      if (node.queued && !node.expanded) --wanted_in_queue_;
      if (!node.expanded) continue;
      for (const Oid& parent : node.parents) {
        const std::size_t known = graph_.find(parent);
        if (known < graph_.size()) pending.push_back(known);
      }
    }
  }

  Status expand(std::size_t number) {
    graph_[number].expanded = true;
    const std::vector<Oid> parents = graph_[number].parents;
    for (const Oid& id : parents) {
      auto parent = graph_.load_parent(number, id);
      // What lies behind an excluded commit is not asked for; its absence can only widen the
      // answer.
      if (!parent && is_excluded(number) && parent.error().kind == ErrorKind::not_found) continue;
      if (!parent) return tl::unexpected<Error>(std::move(parent.error()));
      if (is_excluded(number)) exclude(*parent);
      enqueue(*parent);
    }
    return {};
  }

  LoadedCommits& graph_;
  std::priority_queue<std::pair<std::int64_t, std::size_t>> queue_;  // newest first
  std::vector<std::size_t> wanted_;
  std::size_t wanted_in_queue_ = 0;
  std::int64_t oldest_wanted_ = INT64_MAX;
};

// Kahn's algorithm; the heap holds the commits whose wanted parents are all listed, oldest on top.
std::vector<Oid> parents_first(const LoadedCommits& graph, const std::vector<std::size_t>& wanted) {
  std::vector<std::size_t> place(graph.size(), graph.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) place[wanted[i]] = i;
  std::vector<std::vector<std::size_t>> children(wanted.size());
  std::vector<std::size_t> waiting(wanted.size(), 0);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    for (const Oid& id : graph[wanted[i]].parents) {
      const std::size_t number = graph.find(id);
      if (number == graph.size() || place[number] == graph.size()) continue;
      children[place[number]].push_back(i);
      ++waiting[i];
    }
  }
  using Ready = std::pair<std::int64_t, std::size_t>;
  std::priority_queue<Ready, std::vector<Ready>, std::greater<>> ready;
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (waiting[i] == 0) ready.emplace(graph[wanted[i]].time, i);
  std::vector<Oid> order;
  order.reserve(wanted.size());
  while (!ready.empty()) {
    const std::size_t i = ready.top().second;
    ready.pop();
    order.push_back(graph[wanted[i]].id);
    for (const std::size_t child : children[i])
      if (--waiting[child] == 0) ready.emplace(graph[wanted[child]].time, child);
  }
  return order;
}

}  // namespace

Result<std::vector<Oid>> commits(const Repository& repository, const std::vector<Oid>& includes,
                                 const std::vector<Oid>& excludes) {
  LoadedCommits graph(repository);
  Limiter limiter(graph);
  SLUICE_TRY(limiter.start(excludes, true));
  SLUICE_TRY(limiter.start(includes, false));
  SLUICE_TRY(limiter.run());
  return parents_first(graph, limiter.wanted());
}

}  // namespace sluice::git
