#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "config/checks.h"
#include "config/environment.h"
#include "config/values.h"
#include "config/walk.h"

namespace sluice::config {
namespace {

using document::EffectiveEntry;
using document::Kind;
using document::Node;

struct Override {
  const Source* source;
  document::Mark start;
};

struct Overrides {
  std::vector<Override> by;
  bool all_differ = true;
};

bool can_be_dead(const Node& value) {
  return value.kind == Kind::scalar && !value.text.empty() && !is_interpolated(value) &&
         !is_mandatory_mark(value);
}

}  // namespace

void check_dead_base_value(const Subject& subject, Reporter& reporter) {
  const Folder& folder = subject.folder;
  // A chart's values are what its users begin with.
  if (folder.strategy == Strategy::helm || !folder.is_surely_merged) return;
  std::set<std::string> environments;
  for (const Comparison& each : subject.comparisons) {
    environments.insert(canonical_environment(each.source.environment));
  }
  if (environments.size() < 2) return;
  std::unordered_map<const Node*, Overrides> by_value;  // of the base
  for_each_match(subject, [&](const Source& source, const Source&, const Match& match) {
    if (match.other == nullptr || !can_be_dead(*match.other->value)) return;
    Overrides& overrides = by_value[match.other->value];
    overrides.all_differ =
        overrides.all_differ && !adds_nothing(*match.entry.value, *match.other->value);
    overrides.by.push_back({&source, span_of(match.entry).start});
  });
  const Source& base = *folder.base();
  for_each_match(*base.mapping(), *base.mapping(), [&](const Match& match) {
    if (match.entry.via != nullptr) return;
    const auto found = by_value.find(match.entry.value);
    if (found == by_value.end() || !found->second.all_differ) return;
    if (found->second.by.size() != subject.comparisons.size()) return;
    const bool is_secret = match.path.is_secret();
    Draft draft{base, span_of(match.entry), {}, match.path.identity(), {}, is_secret, {}};
    for (std::size_t i = 0; i < std::min<std::size_t>(found->second.by.size(), 3); ++i) {
      const Override& one = found->second.by[i];
      draft.related.push_back(
          Reporter::related(*one.source, one.start, "overridden here", is_secret));
    }
    draft.message =
        fmt::format("`{}` is never used: all {} environments override it", match.path.dotted(),
                    subject.comparisons.size());
    reporter.report(std::move(draft));
  });
}

}  // namespace sluice::config
