#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <set>
#include <unordered_map>
#include <vector>

#include "config/checks.h"
#include "config/environment.h"
#include "config/first_few.h"
#include "config/redundancy.h"
#include "config/values.h"
#include "config/walk.h"

namespace sluice::config {
namespace {

using document::EffectiveEntry;
using document::Kind;
using document::Node;

struct Override {
  const Source* source = nullptr;
  document::Mark start;
};

// Of one value of the base; the first few are shown.
struct Overrides {
  bool may_be_dead = true;
  std::size_t count = 0;
  std::array<Override, 3> first = {};
};

using ByValue = std::unordered_map<const Node*, Overrides>;  // of the base

bool can_be_dead(const Node& value) {
  return value.kind == Kind::scalar && !value.text.empty() && !is_interpolated(value) &&
         !is_mandatory_mark(value);
}

void note(const Source& source, const Match& match, const MergeRules& rules, ByValue& by_value) {
  const Node& value = *match.other->value;
  const auto [found, is_new] = by_value.try_emplace(&value);
  Overrides& overrides = found->second;
  if (is_new) overrides.may_be_dead = can_be_dead(value);
  if (!overrides.may_be_dead) return;
  overrides.may_be_dead = !adds_nothing(*match.entry.value, value, rules, match.path);
  const std::size_t at = overrides.count++;
  if (at < overrides.first.size()) overrides.first[at] = {&source, span_of(match.entry).start};
}

// The values of the base that all environments override, as the first of them overrides each.
template <class Visit>
void for_each_dead(const Subject& subject, const ByValue& by_value, Visit visit) {
  subject.comparisons.front().pairs.for_each([&](const Match& match) {
    if (match.other == nullptr || match.other->via != nullptr) return;
    const Overrides& overrides = by_value.at(match.other->value);
    if (overrides.may_be_dead && overrides.count == subject.comparisons.size()) visit(match, overrides);
  });
}

std::uint32_t line_of(const Match& match) { return span_of(*match.other).start.line; }

// That many of the base's dead values stand up to which line?
std::uint32_t last_of_first(std::size_t count, const Subject& subject, const ByValue& by_value) {
  std::vector<std::uint32_t> lines;
  for_each_dead(subject, by_value, [&](const Match& match, const Overrides&) { lines.push_back(line_of(match)); });
  if (lines.size() <= count) return std::numeric_limits<std::uint32_t>::max();
  std::ranges::nth_element(lines, lines.begin() + static_cast<std::ptrdiff_t>(count - 1));
  return lines[count - 1];
}

Draft draft_of(const Subject& subject, const Match& match, const Overrides& overrides) {
  const bool is_secret = match.path.is_secret();
  Draft draft{*subject.folder.base(), span_of(*match.other), {}, match.path.identity(), {}, is_secret, {}};
  for (std::size_t i = 0; i < std::min(overrides.count, overrides.first.size()); ++i) {
    const Override& one = overrides.first[i];
    draft.related.push_back(Reporter::related(*one.source, one.start, "overridden here", is_secret));
  }
  draft.message = fmt::format("`{}` is never used: all {} environments override it", match.path.dotted(),
                              subject.comparisons.size());
  return draft;
}

}  // namespace

void check_dead_base_value(const Subject& subject, Reporter& reporter) {
  const Folder& folder = subject.folder;
  // A chart's values are what its users begin with, and Spring runs without any profile, too.
  if (folder.strategy == Strategy::helm || folder.strategy == Strategy::spring || !folder.is_surely_merged) return;
  std::set<std::string> environments;
  for (const Comparison& each : subject.comparisons) {
    environments.insert(canonical_environment(each.source.environment));
  }
  if (environments.size() < 2) return;
  ByValue by_value;
  for_each_match(subject, [&](const Source& source, const Source&, const Match& match) {
    if (match.other != nullptr) note(source, match, subject.rules, by_value);
  });
  const std::uint32_t last = last_of_first(FirstFew::limit, subject, by_value);
  FirstFew few;
  for_each_dead(subject, by_value, [&](const Match& match, const Overrides& overrides) {
    if (few.is_full() || line_of(match) > last) return few.add_line(line_of(match));
    few.add(draft_of(subject, match, overrides));
  });
  std::move(few).report(reporter);
}

}  // namespace sluice::config
