#include "app/same_secret.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/large_sort.h"

namespace sluice::app {
namespace {

const Finding& in(const PlacedFinding& placed) { return placed.finding; }
const Finding& in(const PlacedHit& placed) { return placed.hit->finding; }

const std::string& blob_of(const PlacedFinding& placed) { return placed.finding.origin.object; }
const std::string& blob_of(const PlacedHit& placed) { return placed.item->origin.object; }

std::uint64_t rank_of(const PlacedFinding& placed) { return placed.rank; }
std::uint64_t rank_of(const PlacedHit& placed) { return placed.item->rank; }

template <class Placed>
bool is_earlier(const Placed& a, const Placed& b) {
  if (rank_of(a) != rank_of(b)) return rank_of(a) < rank_of(b);
  const auto key = [](const Placed& placed) {
    const Finding& finding = in(placed);
    return std::tie(finding.at.path, finding.at.line, finding.at.column, finding.inside, blob_of(placed));
  };
  return key(a) < key(b);
}

template <class Placed>
void put_in_order(std::vector<Placed>& all) {
  // Those of an earlier audit are in order.
  if (!std::is_sorted(all.begin(), all.end(), is_earlier<Placed>)) base::stable_sort_large(all, is_earlier<Placed>);
}

bool are_at_one_place(const Finding& a, const Finding& b) {
  return a.at.path == b.at.path && a.at.line == b.at.line && a.at.column == b.at.column && a.inside == b.inside;
}

void add_related(Finding& first, const Finding& other) {
  if (are_at_one_place(first, other) || first.related.size() >= most_named) return;
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
    for_each_blob(placed, [&](const std::string& blob) { add_refs(blob, presence); });
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
      if (present.count++ < most_named) present.refs.push_back(presence.refs[ref].name);
    }
    return present;
  }

  std::optional<Finding> first_;
  std::set<std::string> paths_;
  std::optional<std::vector<bool>> holds_;  // by ref; nothing when no blob was looked for
};

// Findings stand for each other that share secret, paths and allow comment.
struct HashOfGroup {
  std::size_t operator()(const Finding* finding) const { return std::hash<std::string>()(finding->fingerprint); }
};

struct IsSameGroup {
  bool operator()(const Finding* a, const Finding* b) const {
    if (a->fingerprint != b->fingerprint || a->suppressed.has_value() != b->suppressed.has_value()) return false;
    const bool same_reason =
        !a->suppressed || (a->suppressed->by == b->suppressed->by && a->suppressed->reason == b->suppressed->reason);
    return same_reason && a->paths == b->paths;
  }
};

// Which of a group join_same_secret could name, and the blobs of all others.
class FirstPlaces {
 public:
  explicit FirstPlaces(std::size_t first) : first_(first) {}

  bool is_named(const Finding& first, const Finding& finding) {
    if (&first == &finding) return true;
    if (are_at_one_place(first, finding) || related_.size() >= most_named) return false;
    return related_.insert({finding.at.path, finding.at.line, finding.at.column}).second;
  }

  void add_blobs(std::vector<std::string> blobs) { std::ranges::move(blobs, std::back_inserter(blobs_)); }
  void add_blob(const std::string& blob) { blobs_.push_back(blob); }

  std::size_t first() const { return first_; }

  std::vector<std::string> take_blobs_without(const std::string& own) {
    std::ranges::sort(blobs_);
    const auto same = std::ranges::unique(blobs_);
    blobs_.erase(same.begin(), same.end());
    std::erase(blobs_, own);
    return std::move(blobs_);
  }

 private:
  std::size_t first_;
  std::set<std::tuple<std::string_view, std::uint32_t, std::uint32_t>> related_;
  std::vector<std::string> blobs_;
};

template <class Placed>
void keep_first(std::vector<Placed>& all) {
  put_in_order(all);
  std::unordered_map<const Finding*, FirstPlaces, HashOfGroup, IsSameGroup> groups;
  std::vector<bool> is_named;
  for (std::size_t at = 0; at < all.size(); ++at) {
    auto& [first, group] = *groups.try_emplace(&in(all[at]), at).first;
    group.add_blobs(std::exchange(all[at].also_in, {}));
    is_named.push_back(group.is_named(*first, in(all[at])));
    if (!is_named.back()) group.add_blob(blob_of(all[at]));
  }
  for (auto& [finding, group] : groups) {
    Placed& first = all[group.first()];
    first.also_in = group.take_blobs_without(blob_of(first));
  }
  std::size_t left = 0;
  for (std::size_t at = 0; at < all.size(); ++at) {
    if (!is_named[at]) continue;
    if (left != at) all[left] = std::move(all[at]);
    ++left;
  }
  all.resize(left);
}

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

void sort_by_time(std::vector<PlacedFinding>& findings) { put_in_order(findings); }

void keep_first_places(std::vector<PlacedFinding>& findings) { keep_first(findings); }
void keep_first_places(std::vector<PlacedHit>& hits) { keep_first(hits); }

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
