#include "app/same_secret.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace sluice::app {
namespace {

constexpr std::size_t most_related = 20;

bool earlier(const PlacedFinding& a, const PlacedFinding& b) {
  const auto key = [](const PlacedFinding& placed) {
    const Finding& finding = placed.finding;
    return std::tie(placed.rank, finding.at.path, finding.at.line, finding.at.column,
                    finding.inside, finding.origin.object);
  };
  return key(a) < key(b);
}

void add_related(Finding& first, const Finding& other) {
  const bool same_place = first.at.path == other.at.path && first.at.line == other.at.line &&
                          first.at.column == other.at.column && first.inside == other.inside;
  if (same_place || first.related.size() >= most_related) return;
  const bool known = std::any_of(first.related.begin(), first.related.end(), [&](const Related& one) {
    return one.path == other.at.path && one.line == other.at.line && one.column == other.at.column;
  });
  if (known) return;
  const std::string where = other.origin.commit.empty() || other.origin.commit == first.origin.commit
                                ? std::string()
                                : fmt::format(" in {}", other.origin.commit.substr(0, 12));
  first.related.push_back({other.at.path, other.at.line, other.at.column,
                           fmt::format("the same secret{}{}", other.inside.empty() ? "" : " inside " + other.inside, where),
                           fmt::format("{}[secret]{}", other.excerpt.before, other.excerpt.after)});
}

// Findings of one fingerprint, the earliest first.
class Joined {
 public:
  void add(PlacedFinding placed, const Presence& presence) {
    Finding& finding = placed.finding;
    paths_.insert(finding.paths.begin(), finding.paths.end());
    add_refs(finding.origin.object, presence);
    for (const std::string& blob : placed.also_in) add_refs(blob, presence);
    if (!first_) {
      first_ = std::move(finding);
    } else {
      add_related(*first_, finding);
    }
  }

  Finding take(const Presence& presence) {
    first_->paths.assign(paths_.begin(), paths_.end());
    if (holds_) first_->present_at = present_at(presence);
    return std::move(*first_);
  }

 private:
  void add_refs(const std::string& blob, const Presence& presence) {
    const auto found = presence.blobs.find(blob);
    if (found == presence.blobs.end()) return;
    if (!holds_) holds_.emplace(presence.refs.size());
    for (const std::uint32_t ref : found->second.refs) (*holds_)[ref] = true;
  }

  PresentAt present_at(const Presence& presence) const {
    PresentAt present;
    for (std::size_t ref = 0; ref < holds_->size(); ++ref) {
      if (!(*holds_)[ref]) continue;
      if (present.count++ < most_related) present.refs.push_back(presence.refs[ref].name);
    }
    return present;
  }

  std::optional<Finding> first_;
  std::set<std::string> paths_;
  std::optional<std::vector<bool>> holds_;  // by ref; nothing when no blob was looked for
};

}  // namespace

void spread_allow_comments(std::vector<PlacedFinding>& findings) {
  std::map<std::pair<std::string, std::string>, Suppression> allowed;
  for (const auto& [finding, rank, also_in] : findings) {
    if (!finding.suppressed) continue;
    for (const std::string& path : finding.paths) {
      allowed.emplace(std::pair(finding.fingerprint, path), *finding.suppressed);
    }
  }
  for (PlacedFinding& placed : findings) {
    Finding& finding = placed.finding;
    if (finding.suppressed || finding.paths.empty()) continue;
    const auto find = [&](const std::string& path) {
      return allowed.find({finding.fingerprint, path});
    };
    const bool all = std::all_of(finding.paths.begin(), finding.paths.end(),
                                 [&](const std::string& path) { return find(path) != allowed.end(); });
    if (all) finding.suppressed = find(finding.paths.front())->second;
  }
}

void sort_by_time(std::vector<PlacedFinding>& findings) {
  // Those of an earlier audit are in order.
  if (!std::is_sorted(findings.begin(), findings.end(), earlier))
    std::sort(findings.begin(), findings.end(), earlier);
}

void keep_first_places(std::vector<PlacedFinding>& findings) {
  using Place = std::tuple<std::string, std::uint32_t, std::uint32_t>;
  using Group = std::tuple<std::string, std::optional<std::string>, std::vector<std::string>>;
  struct Kept {
    std::set<Place> places;
    std::size_t first;            // in `left`
    std::set<std::string> blobs;  // of those left out
  };
  sort_by_time(findings);
  std::map<Group, Kept> seen;
  std::vector<PlacedFinding> left;
  for (PlacedFinding& placed : findings) {
    const Finding& finding = placed.finding;
    std::optional<std::string> reason;
    if (finding.suppressed) reason = finding.suppressed->by + ":" + finding.suppressed->reason;
    Kept& kept = seen.try_emplace({finding.fingerprint, reason, finding.paths}, Kept{{}, left.size(), {}}).first->second;
    // One more than are named, for the first is the finding itself.
    const bool is_named = kept.places.size() <= most_related &&
                          kept.places.insert({finding.at.path, finding.at.line, finding.at.column}).second;
    kept.blobs.insert(placed.also_in.begin(), placed.also_in.end());
    if (is_named) {
      placed.also_in.clear();
      left.push_back(std::move(placed));
    } else {
      kept.blobs.insert(finding.origin.object);
    }
  }
  for (auto& [group, kept] : seen) {
    kept.blobs.erase(left[kept.first].finding.origin.object);
    left[kept.first].also_in.assign(kept.blobs.begin(), kept.blobs.end());
  }
  findings = std::move(left);
}

std::vector<Finding> join_same_secret(std::vector<PlacedFinding> findings, const Presence& presence) {
  sort_by_time(findings);
  std::vector<Joined> joined;
  std::map<std::pair<std::string, bool>, std::size_t> number_of;
  for (PlacedFinding& placed : findings) {
    const auto [at, fresh] = number_of.try_emplace(
        {placed.finding.fingerprint, placed.finding.suppressed.has_value()}, joined.size());
    if (fresh) joined.emplace_back();
    joined[at->second].add(std::move(placed), presence);
  }
  std::vector<Finding> findings_joined;
  for (Joined& one : joined) findings_joined.push_back(one.take(presence));
  return findings_joined;
}

}  // namespace sluice::app
