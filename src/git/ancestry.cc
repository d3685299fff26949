#include <algorithm>
#include <cstdint>
#include <optional>
#include <queue>
#include <tuple>
#include <vector>

#include "git/loaded_commits.h"
#include "git/refs.h"

namespace sluice::git {
namespace {

constexpr unsigned reached_by_first = 1;
constexpr unsigned reached_by_others = 2;
constexpr unsigned behind_a_base = 4;  // an ancestor of a common ancestor: not a best one
constexpr unsigned is_base = 8;
constexpr unsigned paint = reached_by_first | reached_by_others | behind_a_base;

// Spreads the paint of both sides from the newest commit to the oldest, until every commit in the queue
// lies behind a common ancestor. A commit that gains paint is looked at again, for times may lie.
class Painter {
 public:
  explicit Painter(LoadedCommits& graph) : graph_(graph) {}

  Result<std::size_t> start(const Oid& tip, unsigned flag) {
    SLUICE_TRY_ASSIGN(const std::size_t number, graph_.load(tip));
    add(number, flag);
    return number;
  }

  // Does not go on from commits that cannot reach commit `number`, as far as generations tell: then
  // only what paint that one got counts.
  void look_only_for(std::size_t number) { target_ = number; }

  Status run() {
    while (open_ > 0) {
      const std::size_t number = std::get<2>(queue_.top());
      queue_.pop();
      LoadedCommits::Node& node = graph_[number];
      node.queued = false;
      if ((node.flags & behind_a_base) == 0) --open_;
      if (is_too_early(number)) continue;
      if ((node.flags & paint) == (reached_by_first | reached_by_others)) {
        node.flags |= is_base;
        bases_.push_back(number);
      }
      const bool common = (node.flags & is_base) != 0;
      SLUICE_TRY(spread(number, (node.flags & paint) | (common ? behind_a_base : 0u)));
    }
    return {};
  }

  // Common ancestors that no other one has been found to lie in front of, each once.
  std::vector<std::size_t> bases() const {
    std::vector<std::size_t> best;
    for (const std::size_t number : bases_)
      if ((graph_[number].flags & behind_a_base) == 0) best.push_back(number);
    std::sort(best.begin(), best.end());
    best.erase(std::unique(best.begin(), best.end()), best.end());
    return best;
  }

 private:
  // Only a later commit can reach the target, and only one that the commit-graph lacks one that it lacks.
  bool is_too_early(std::size_t number) const {
    if (!target_ || number == *target_) return false;
    const std::uint64_t generation = graph_[number].generation;
    return generation != LoadedCommits::no_generation && generation <= graph_[*target_].generation;
  }

  Status spread(std::size_t number, unsigned flags) {
    const std::vector<Oid> parents = graph_[number].parents;
    for (const Oid& id : parents) {
      SLUICE_TRY_ASSIGN(const std::size_t parent, graph_.load_parent(number, id));
      if ((graph_[parent].flags & flags) != flags) add(parent, flags);
    }
    return {};
  }

  void add(std::size_t number, unsigned flags) {
    LoadedCommits::Node& node = graph_[number];
    const bool was_open = node.queued && (node.flags & behind_a_base) == 0;
    node.flags |= flags;
    const bool now_open = (node.flags & behind_a_base) == 0;
    if (!node.queued) queue_.emplace(graph_.corrected_date(number), node.time, number);
    node.queued = true;
    if (now_open && !was_open) ++open_;
    if (!now_open && was_open) --open_;
  }

  LoadedCommits& graph_;
  std::priority_queue<std::tuple<std::uint64_t, std::int64_t, std::size_t>> queue_;  // newest first
  std::vector<std::size_t> bases_;
  std::optional<std::size_t> target_;
  std::size_t open_ = 0;  // queued commits that do not lie behind a base
};

// One painting. Where commit times contradict history the answer may hold ancestors of each other.
Result<std::vector<Oid>> common_ancestors(const Repository& repository, const Oid& a,
                                          const Oid& b) {
  LoadedCommits graph(repository);
  Painter painter(graph);
  SLUICE_TRY(painter.start(a, reached_by_first));
  SLUICE_TRY(painter.start(b, reached_by_others));
  SLUICE_TRY(painter.run());
  std::vector<Oid> found;
  for (const std::size_t number : painter.bases()) found.push_back(graph[number].id);
  return found;
}

}  // namespace

Result<std::vector<Oid>> merge_bases(const Repository& repository, const Oid& a, const Oid& b) {
  if (a == b) {
    LoadedCommits graph(repository);
    SLUICE_TRY(graph.load(a));
    return std::vector<Oid>{a};
  }
  SLUICE_TRY_ASSIGN(const std::vector<Oid> found, common_ancestors(repository, a, b));
  if (found.size() < 2) return found;
  std::vector<Oid> best;
  for (const Oid& candidate : found) {
    bool redundant = false;
    for (const Oid& other : found) {
      if (redundant || other == candidate) continue;
      SLUICE_TRY_ASSIGN(redundant, is_ancestor(repository, candidate, other));
    }
    if (!redundant) best.push_back(candidate);
  }
  return best;
}

Result<bool> is_ancestor(const Repository& repository, const Oid& ancestor, const Oid& descendant) {
  if (ancestor == descendant) return true;
  LoadedCommits graph(repository);
  Painter painter(graph);
  SLUICE_TRY_ASSIGN(const std::size_t number, painter.start(ancestor, reached_by_first));
  SLUICE_TRY(painter.start(descendant, reached_by_others));
  painter.look_only_for(number);
  SLUICE_TRY(painter.run());
  return (graph[number].flags & reached_by_others) != 0;
}

}  // namespace sluice::git
