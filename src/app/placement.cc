#include "app/placement.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace sluice::app {
namespace {

constexpr std::size_t most_related = 20;

// A hit, by number, and how likely it is true.
struct Survivor {
  std::size_t number;
  Confidence confidence;
};

// Which hits survive at `path`.
std::vector<Survivor> surviving(const std::vector<Hit>& hits, const std::string& path) {
  std::vector<scan::Match> matches;
  std::map<std::tuple<const rules::Rule*, std::size_t, std::size_t>, std::size_t> number_of;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    scan::Match match{hits[i].rule, {}, hits[i].secret, hits[i].rule->confidence, hits[i].evidence};
    const auto confidence = scan::confidence_at(match, path);
    if (!confidence) continue;
    match.confidence = *confidence;
    matches.push_back(std::move(match));
    number_of[{hits[i].rule, hits[i].secret.begin, hits[i].secret.end}] = i;
  }
  scan::keep_most_specific(matches);
  std::vector<Survivor> survivors;
  for (const scan::Match& match : matches) {
    survivors.push_back({number_of[{match.rule, match.secret.begin, match.secret.end}], match.confidence});
  }
  return survivors;
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

bool earlier(const PlacedFinding& a, const PlacedFinding& b) {
  const auto key = [](const PlacedFinding& placed) {
    const Finding& finding = placed.finding;
    return std::tie(placed.rank, finding.at.path, finding.at.line, finding.at.column,
                    finding.origin.object);
  };
  return key(a) < key(b);
}

void add_related(Finding& first, const Finding& other) {
  const bool same_place = first.at.path == other.at.path && first.at.line == other.at.line &&
                          first.at.column == other.at.column;
  if (same_place || first.related.size() >= most_related) return;
  const bool known = std::any_of(first.related.begin(), first.related.end(), [&](const Related& one) {
    return one.path == other.at.path && one.line == other.at.line && one.column == other.at.column;
  });
  if (known) return;
  const std::string where = other.origin.commit.empty() || other.origin.commit == first.origin.commit
                                ? std::string()
                                : fmt::format(" in {}", other.origin.commit.substr(0, 12));
  first.related.push_back({other.at.path, other.at.line, other.at.column,
                           fmt::format("the same secret{}", where),
                           fmt::format("{}[secret]{}", other.excerpt.before, other.excerpt.after)});
}

}  // namespace

void place(HitItem item, std::vector<PlacedFinding>& out) {
  std::sort(item.paths.begin(), item.paths.end());
  struct Kept {
    Confidence confidence = Confidence::low;  // the highest at any path
    std::vector<std::string> paths;
  };
  std::map<std::size_t, Kept> kept_hits;
  const auto keep = [&](const std::string& path, auto&& add_path) {
    for (const Survivor& survivor : surviving(item.hits, path)) {
      Kept& kept = kept_hits[survivor.number];
      kept.confidence = std::max(kept.confidence, survivor.confidence);
      add_path(kept);
    }
  };
  for (const std::string& path : item.paths) {
    keep(path, [&](Kept& kept) { kept.paths.push_back(path); });
  }
  if (item.paths.empty()) keep("", [](Kept&) {});
  for (auto& [number, kept] : kept_hits) {
    auto& [confidence, paths] = kept;
    Finding& finding = item.hits[number].finding;
    finding.confidence = confidence;
    finding.origin = item.origin;
    if (!paths.empty()) finding.at.path = paths.front();
    finding.paths = std::move(paths);
    finding.message = message_of(finding);
    const Hit& hit = item.hits[number];
    const std::string why = scan::reasons_at({hit.rule, {}, hit.secret, confidence, hit.evidence}, finding.at.path);
    if (!why.empty()) finding.message += ": " + why;
    if (item.hits[number].comment_without_reason) {
      finding.message += " (its allow comment gives no reason, so it does not count)";
    }
    out.push_back({std::move(finding), item.rank});
  }
}

void spread_allow_comments(std::vector<PlacedFinding>& findings) {
  std::map<std::pair<std::string, std::string>, Suppression> allowed;
  for (const auto& [finding, rank] : findings) {
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
  sort_by_time(findings);
  std::map<Group, std::set<Place>> seen;
  std::erase_if(findings, [&](const PlacedFinding& placed) {
    const Finding& finding = placed.finding;
    std::optional<std::string> reason;
    if (finding.suppressed) reason = finding.suppressed->by + ":" + finding.suppressed->reason;
    std::set<Place>& places = seen[{finding.fingerprint, reason, finding.paths}];
    // One more than are named, for the first is the finding itself.
    if (places.size() > most_related) return true;
    return !places.insert({finding.at.path, finding.at.line, finding.at.column}).second;
  });
}

std::vector<Finding> join_same_secret(std::vector<PlacedFinding> findings) {
  sort_by_time(findings);
  std::vector<Finding> joined;
  std::map<std::pair<std::string, bool>, std::size_t> number_of;
  std::vector<std::set<std::string>> paths;
  for (PlacedFinding& placed : findings) {
    Finding& finding = placed.finding;
    const auto [at, fresh] =
        number_of.try_emplace({finding.fingerprint, finding.suppressed.has_value()}, joined.size());
    if (fresh) {
      paths.emplace_back(finding.paths.begin(), finding.paths.end());
      joined.push_back(std::move(finding));
      continue;
    }
    Finding& first = joined[at->second];
    paths[at->second].insert(finding.paths.begin(), finding.paths.end());
    add_related(first, finding);
  }
  for (std::size_t i = 0; i < joined.size(); ++i) joined[i].paths.assign(paths[i].begin(), paths[i].end());
  return joined;
}

}  // namespace sluice::app
