#include "app/placement.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace sluice::app {
namespace {

constexpr int most_halves = 50;

// The rules that matched in a stretch of text besides the one that keeps it.
using Others = std::map<std::pair<std::size_t, std::size_t>, std::set<std::string_view>>;

// `all` is ordered by where secrets begin; those that overlap stand near each other.
void note_others(const std::vector<scan::Match>& all, const scan::Match& kept, std::set<std::string_view>& others) {
  constexpr std::size_t most = 64;
  auto one = std::partition_point(all.begin(), all.end(), [&](const scan::Match& match) {
    return match.secret.begin < kept.secret.begin;
  });
  one -= std::min<std::ptrdiff_t>(one - all.begin(), most);
  for (std::size_t seen = 0; one != all.end() && one->secret.begin < kept.secret.end && seen < 2 * most; ++one, ++seen) {
    if (one->secret.end > kept.secret.begin && one->rule != kept.rule) others.insert(one->rule->id);
  }
}

// A hit, by number, and how likely it is true.
struct Survivor {
  std::size_t number;
  Confidence confidence;
};

// What the rules' path conditions and the judgement are about: `path` within the tree that is looked at, and in a
// container the entry.
std::string path_within(const HitItem& item, const std::string& path) {
  const std::string within = path.substr(std::min(item.root_size, path.size()));
  if (item.entry.empty() || within.empty()) return within + item.entry;
  return within + "!" + item.entry;
}

// Which hits survive at `path`.
std::vector<Survivor> surviving(const HitItem& item, const std::string& path, Others& others) {
  const std::string within = path_within(item, path);
  const scan::Place place(within);
  std::vector<scan::Match> matches;
  std::map<std::tuple<const rules::Rule*, std::size_t, std::size_t>, std::size_t> number_of;
  for (std::size_t i = 0; i < item.hits.size(); ++i) {
    const Hit& hit = item.hits[i];
    scan::Match match{hit.rule, {}, hit.secret, hit.finding.confidence, hit.finding.severity, hit.evidence, {}};
    const auto confidence = scan::confidence_at(match, place);
    if (!confidence) continue;
    match.confidence = *confidence;
    matches.push_back(std::move(match));
    number_of[{hit.rule, hit.secret.begin, hit.secret.end}] = i;
  }
  const std::vector<scan::Match> all = matches;
  scan::keep_most_specific(matches);
  for (const scan::Match& match : matches) note_others(all, match, others[{match.secret.begin, match.secret.end}]);
  std::vector<Survivor> survivors;
  for (const scan::Match& match : matches) {
    survivors.push_back({number_of[{match.rule, match.secret.begin, match.secret.end}], match.confidence});
  }
  return survivors;
}

// Two hits that may be halves of one credential; ordered by how far they are from each other.
struct Pair {
  std::uint32_t distance;  // in lines
  std::size_t number;
  Survivor half;

  auto key() const { return std::tie(distance, number, half.number); }
};

// All that could be. A suppressed hit and an open one are no pair.
std::vector<Pair> possible_pairs(const HitItem& item, const std::vector<Survivor>& survivors) {
  // By rule, then by line. Of many on one line the first ones will do.
  std::multimap<std::pair<std::string_view, std::uint32_t>, const Survivor*> by_line;
  for (const Survivor& survivor : survivors) {
    const Hit& hit = item.hits[survivor.number];
    by_line.emplace(std::pair(hit.rule->id, hit.finding.at.line), &survivor);
  }
  std::vector<Pair> pairs;
  for (const Survivor& survivor : survivors) {
    const Hit& hit = item.hits[survivor.number];
    if (hit.rule->pair_rule.empty()) continue;
    const auto within = static_cast<std::uint32_t>(hit.rule->pair_within);
    const std::uint32_t line = hit.finding.at.line;
    auto near = by_line.lower_bound({hit.rule->pair_rule, line - std::min(line, within)});
    for (int tried = 0; near != by_line.end() && tried < most_halves; ++near, ++tried) {
      const auto& [rule, other] = near->first;
      if (rule != hit.rule->pair_rule || other > line + within) break;
      const Survivor& half = *near->second;
      if (item.hits[half.number].finding.suppressed.has_value() != hit.finding.suppressed.has_value()) continue;
      pairs.push_back({std::max(line, other) - std::min(line, other), survivor.number, half});
    }
  }
  std::sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) { return a.key() < b.key(); });
  return pairs;
}

// Of `survivors` those that stand for themselves: what pairs with a hit near it belongs to that one, as told in
// `half_of`, and what is a half and nothing else is told with the other one only. The nearest pairs are made first.
std::vector<Survivor> whole(const HitItem& item, const std::vector<Survivor>& survivors,
                            std::map<std::size_t, Survivor>& half_of) {
  std::set<std::size_t> taken;
  std::set<std::size_t> halves;
  const bool any_pairs = std::any_of(survivors.begin(), survivors.end(), [&](const Survivor& survivor) {
    return !item.hits[survivor.number].rule->pair_rule.empty();
  });
  for (const Pair& pair : any_pairs ? possible_pairs(item, survivors) : std::vector<Pair>()) {
    if (taken.count(pair.number) != 0 || halves.count(pair.half.number) != 0) continue;
    taken.insert(pair.number);
    halves.insert(pair.half.number);
    half_of.emplace(pair.number, pair.half);
  }
  std::vector<Survivor> left;
  std::copy_if(survivors.begin(), survivors.end(), std::back_inserter(left), [&](const Survivor& survivor) {
    return !item.hits[survivor.number].rule->half_only && halves.count(survivor.number) == 0;
  });
  return left;
}

void add_half(Finding& finding, const Hit& other) {
  const Finding& half = other.finding;
  finding.details.insert(finding.details.end(), half.details.begin(), half.details.end());
  finding.related.push_back({half.at.path, half.at.line, half.at.column,
                             fmt::format("{}: the other half", other.rule->title),
                             fmt::format("{}[secret]{}", half.excerpt.before, half.excerpt.after)});
}

std::string message_of(const Finding& finding) {
  switch (finding.origin.kind) {
    case OriginKind::commit_message: return fmt::format("{} in a commit message", finding.title);
    case OriginKind::tag_message: return fmt::format("{} in a tag message", finding.title);
    case OriginKind::input: return fmt::format("{} in the input", finding.title);
    case OriginKind::blob:
      if (finding.paths.empty()) return fmt::format("{} in a blob that no commit holds", finding.title);
      break;
    case OriginKind::file:
    case OriginKind::tree: break;
  }
  return finding.title;
}

// What a hit comes to at all paths.
struct Kept {
  Confidence confidence = Confidence::low;  // the highest at any path
  std::vector<std::string> paths;
};

PlacedHit placed_at(HitItem& item, std::size_t number, Kept kept, Others& others) {
  Hit& hit = item.hits[number];
  Finding& finding = hit.finding;
  finding.confidence = kept.confidence;
  if (!kept.paths.empty()) {
    finding.at.path = kept.paths.front();
    for (Related& half : finding.related) half.path = kept.paths.front();
  }
  finding.paths = std::move(kept.paths);
  PlacedHit placed{&item, &hit, {}};
  const std::set<std::string_view>& also = others[{hit.secret.begin, hit.secret.end}];
  placed.also_matches.assign(also.begin(), also.end());
  std::erase(placed.also_matches, finding.rule);
  return placed;
}

}  // namespace

PlacedFinding finding_of(PlacedHit placed) {
  const Hit& hit = *placed.hit;
  const HitItem& item = *placed.item;
  Finding& finding = placed.hit->finding;
  finding.title = hit.rule->title;
  finding.remedy = hit.rule->remedy;
  finding.reference = hit.rule->reference;
  finding.origin = item.origin;
  finding.also_matches.assign(placed.also_matches.begin(), placed.also_matches.end());
  finding.message = message_of(finding);
  if (!finding.inside.empty()) finding.message += fmt::format(" inside {}", finding.inside);
  if (!finding.details.empty()) finding.message += fmt::format(" ({})", fmt::join(finding.details, "; "));
  const scan::Match match{hit.rule, {}, hit.secret, finding.confidence, finding.severity, hit.evidence, {}};
  const std::string within = path_within(item, finding.at.path);
  const std::string why = scan::reasons_at(match, scan::Place(within));
  if (!why.empty()) finding.message += ": " + why;
  if (hit.comment_without_reason) {
    finding.message += " (its allow comment gives no reason, so it does not count)";
  }
  return {std::move(finding), item.rank, std::move(placed.also_in)};
}

void place(HitItem& item, std::vector<PlacedHit>& out) {
  std::sort(item.paths.begin(), item.paths.end());
  std::map<std::size_t, Kept> kept_hits;
  std::map<std::size_t, Survivor> half_of;
  Others others;
  const auto keep = [&](const std::string& path, auto&& add_path) {
    for (const Survivor& survivor : whole(item, surviving(item, path, others), half_of)) {
      Kept& kept = kept_hits[survivor.number];
      kept.confidence = std::max(kept.confidence, survivor.confidence);
      add_path(kept);
    }
  };
  for (const std::string& path : item.paths) {
    keep(path, [&](Kept& kept) { kept.paths.push_back(path); });
  }
  if (item.paths.empty()) keep("", [](Kept&) {});
  // Before anything is moved out of the hits.
  for (const auto& [number, half] : half_of) {
    const auto kept = kept_hits.find(number);
    if (kept == kept_hits.end()) continue;
    // Both halves make the credential surer than one.
    kept->second.confidence = std::max(kept->second.confidence, half.confidence);
    add_half(item.hits[number].finding, item.hits[half.number]);
  }
  for (auto& [number, kept] : kept_hits) {
    out.push_back(placed_at(item, number, std::move(kept), others));
  }
}

}  // namespace sluice::app
