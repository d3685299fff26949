#include "suppress/allow_list.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/glob.h"

namespace sluice::suppress {
namespace {

bool path_allowed(const AllowEntry& entry, const std::string& path) {
  return std::any_of(entry.paths.begin(), entry.paths.end(),
                     [&](const std::string& glob) { return base::path_matches(glob, path); });
}

bool matches(const AllowEntry& entry, const Finding& finding) {
  if (!entry.fingerprint.empty() && entry.fingerprint != finding.fingerprint) return false;
  if (!entry.rule.empty() && entry.rule != finding.rule) return false;
  if (entry.paths.empty()) return true;
  if (finding.paths.empty()) return !finding.at.path.empty() && path_allowed(entry, finding.at.path);
  return std::all_of(finding.paths.begin(), finding.paths.end(),
                     [&](const std::string& path) { return path_allowed(entry, path); });
}

}  // namespace

AllowList::AllowList(std::vector<AllowEntry> entries, std::string today) {
  for (AllowEntry& entry : entries) {
    const bool expired = !entry.expires.empty() && entry.expires < today;
    entries_.push_back({std::move(entry), expired, false});
  }
}

std::optional<Suppression> AllowList::decide(const Finding& finding) {
  for (Tracked& tracked : entries_) {
    if (tracked.expired || !matches(tracked.entry, finding)) continue;
    tracked.used = true;
    return Suppression{"policy", tracked.entry.reason};
  }
  return std::nullopt;
}

std::vector<std::string> AllowList::expired() const {
  std::vector<std::string> sentences;
  for (const Tracked& tracked : entries_) {
    if (!tracked.expired) continue;
    sentences.push_back(fmt::format("{}: this allow entry expired on {} and no longer counts",
                                    tracked.entry.where, tracked.entry.expires));
  }
  return sentences;
}

std::vector<std::string> AllowList::stale() const {
  std::vector<std::string> sentences;
  for (const Tracked& tracked : entries_) {
    if (tracked.used || tracked.expired) continue;
    sentences.push_back(
        fmt::format("{}: this allow entry matches nothing any more; remove it", tracked.entry.where));
  }
  return sentences;
}

}  // namespace sluice::suppress
