#include <fmt/format.h>

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

struct Overrides {
  std::set<std::string> environments;
  bool all_differ = true;
  std::vector<Related> places;
};

bool can_be_dead(const Node& value) {
  return value.kind == Kind::scalar && !value.text.empty() && !is_interpolated(value) &&
         !is_mandatory_mark(value);
}

}  // namespace

void check_dead_base_value(const Folder& folder, const Options&, Reporter& reporter) {
  // A chart's values are what its users begin with.
  if (folder.strategy == Strategy::helm || !folder.is_surely_merged) return;
  std::set<std::string> environments;
  std::unordered_map<const Node*, Overrides> by_value;  // of the base
  for_each_override(folder, [&](const Source& source, const Source& base) {
    environments.insert(canonical_environment(source.environment));
    for_each_match(*source.mapping(), *base.mapping(), [&](const Match& match) {
      if (match.other == nullptr || !can_be_dead(*match.other->value)) return;
      Overrides& overrides = by_value[match.other->value];
      overrides.environments.insert(canonical_environment(source.environment));
      overrides.all_differ =
          overrides.all_differ && !adds_nothing(*match.entry.value, *match.other->value);
      if (overrides.places.size() < 3) {
        overrides.places.push_back(Reporter::related(source, span_of(match.entry).start,
                                                     "overridden here", match.path.is_secret()));
      }
    });
  });
  const Source* base = folder.base();
  if (base == nullptr || environments.size() < 2) return;
  for_each_match(*base->mapping(), *base->mapping(), [&](const Match& match) {
    if (match.entry.via != nullptr) return;
    const auto found = by_value.find(match.entry.value);
    if (found == by_value.end() || !found->second.all_differ) return;
    if (found->second.environments != environments) return;
    Draft draft{*base, span_of(match.entry), {}, match.path.identity(), {},
                match.path.is_secret(), std::move(found->second.places)};
    draft.message =
        fmt::format("`{}` is never used: all {} environments override it", match.path.dotted(),
                    environments.size());
    reporter.report(std::move(draft));
  });
}

}  // namespace sluice::config
