#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "config/checks.h"
#include "config/resolution.h"

namespace sluice::config {
namespace {

// Follows references from value to value with a stack of its own; each value is entered once.
class CycleFinder {
 public:
  explicit CycleFinder(const std::vector<Resolved>& all) {
    for (const Resolved& found : all) {
      if (found.target != nullptr) next_[found.holder].push_back(&found);
    }
  }

  // The references of each cycle, in order.
  std::vector<std::vector<const Resolved*>> find() {
    for (const auto& [start, unused] : next_) {
      if (!entered_.contains(start)) follow(start);
    }
    return std::move(cycles_);
  }

 private:
  struct Level {
    const Merged* value;
    std::size_t next = 0;
  };

  void follow(const Merged* start) {
    std::vector<Level> way = {{start}};
    entered_.insert(start);
    while (!way.empty()) {
      Level& level = way.back();
      const auto found = next_.find(level.value);
      if (found == next_.end() || level.next == found->second.size()) {
        way.pop_back();
        continue;
      }
      const Merged* target = found->second[level.next++]->target;
      const auto open = std::find_if(way.begin(), way.end(),
                                     [&](const Level& other) { return other.value == target; });
      if (open != way.end()) {
        note(way, static_cast<std::size_t>(open - way.begin()));
      } else if (entered_.insert(target).second) {
        way.push_back({target});
      }
    }
  }

  void note(const std::vector<Level>& way, std::size_t from) {
    std::vector<const Resolved*> cycle;
    for (std::size_t i = from; i < way.size(); ++i) {
      cycle.push_back(next_.at(way[i].value)[way[i].next - 1]);
    }
    cycles_.push_back(std::move(cycle));
  }

  std::map<const Merged*, std::vector<const Resolved*>> next_;
  std::set<const Merged*> entered_;
  std::vector<std::vector<const Resolved*>> cycles_;
};

void look(const Folder& folder, const Source* environment, const Options& options,
          std::set<std::string>& seen, Reporter& reporter) {
  const Merged root = merged(folder, environment, options);
  const std::vector<Resolved> all = resolve_references(root);
  for (const auto& cycle : CycleFinder(all).find()) {
    // Told at its value that stands last: what an environment overrides is what closed it.
    const auto is_base = [&](const Resolved* found) {
      return found->holder->given.source->environment.empty();
    };
    const auto chosen = std::find_if_not(cycle.begin(), cycle.end(), is_base);
    const Resolved& first = chosen == cycle.end() ? *cycle.front() : **chosen;
    std::string chain;
    std::set<std::string> members;
    for (const Resolved* found : cycle) {
      chain += found->path + " → ";
      members.insert(found->path);
    }
    const Source& source = *first.holder->given.source;
    if (!seen.insert(source.path() + *members.begin()).second) continue;
    Draft draft{source, span_of(*first.holder->given.value), {}, *members.begin(), {},
                first.is_secret, {}};
    draft.message = fmt::format("`{}` refers to itself: {}{}. The loader fails or never ends",
                                first.path, chain, cycle.front()->path);
    for (const Resolved* found : cycle) {
      if (found == &first || draft.related.size() == 3) continue;
      draft.related.push_back(Reporter::related(*found->holder->given.source,
                                                found->holder->given.value->mark,
                                                "also on the way", found->is_secret));
    }
    reporter.report(std::move(draft));
  }
}

}  // namespace

void check_interpolation_cycle(const Subject& subject, Reporter& reporter) {
  const Folder& folder = subject.folder;
  if (!may_hold_references(folder)) return;
  std::set<std::string> seen;
  for (const Source& source : folder.environments) {
    if (source.mapping() != nullptr) look(folder, &source, subject.options, seen, reporter);
  }
  if (folder.environments.empty()) look(folder, nullptr, subject.options, seen, reporter);
}

}  // namespace sluice::config
