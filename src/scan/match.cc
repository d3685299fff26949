#include "scan/match.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/glob.h"
#include "judge/reasons.h"

namespace sluice::scan {

using rules::Rule;

bool applies_to(const Rule& rule, std::string_view path) {
  const auto any = [&](rules::Strings globs) {
    return std::any_of(globs.begin(), globs.end(),
                       [&](std::string_view glob) { return base::path_matches(glob, path); });
  };
  if (!rule.include_paths.empty() && !any(rule.include_paths)) return false;
  return path.empty() || !any(rule.exclude_paths);
}

const judge::Whereabouts& Place::whereabouts() const {
  if (!whereabouts_) whereabouts_ = judge::whereabouts_of(judge::Model::builtin(), path_);
  return *whereabouts_;
}

std::optional<Confidence> confidence_at(const Match& match, const Place& place) {
  if (!applies_to(*match.rule, place.path())) return {};
  if (!match.evidence) return match.confidence;
  judge::Evidence evidence = *match.evidence;
  const auto verdict = judge::decide(judge::Model::builtin(), evidence, place.whereabouts());
  if (!verdict) return {};
  return std::min(verdict->confidence, match.confidence);
}

std::string reasons_at(const Match& match, const Place& place) {
  if (!match.evidence) return {};
  judge::Evidence evidence = *match.evidence;
  const auto verdict = judge::decide(judge::Model::builtin(), evidence, place.whereabouts());
  return verdict ? judge::reasons_for(evidence.features, verdict->score) : std::string();
}

void keep_most_specific(std::vector<Match>& matches) {
  const auto rank = [](const Match& match) {
    return std::make_tuple(static_cast<int>(match.confidence), static_cast<int>(match.severity),
                           match.secret.end - match.secret.begin);
  };
  std::vector<Match> kept;
  for (const Match& match : matches) {
    bool beaten = false;
    while (!kept.empty() && kept.back().secret.end > match.secret.begin) {
      if (rank(kept.back()) >= rank(match)) {
        beaten = true;
        break;
      }
      kept.pop_back();
    }
    if (!beaten) kept.push_back(match);
  }
  matches = std::move(kept);
}

}  // namespace sluice::scan
