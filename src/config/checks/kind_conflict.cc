#include <fmt/format.h>

#include "config/checks.h"
#include "config/spelling.h"
#include "config/values.h"
#include "config/walk.h"

namespace sluice::config {
namespace {

using document::Kind;
using document::Node;

std::string loss(const Node& base, const Node& mine) {
  if (base.kind == Kind::mapping) {
    const std::size_t count = base.entries.size();
    return count == 1
               ? std::string("the merge drops the base's mapping with its only key")
               : fmt::format("the merge drops the base's mapping with all its {} keys", count);
  }
  return fmt::format("the program gets {} where it expects {}", describe(mine), describe(base));
}

std::string advice(const Source& source, const Match& match) {
  const Node& base = *match.other->value;
  if (match.is_item()) return fmt::format("give the item {} in both files", describe(base));
  const std::string key = match.entry.key->text.substr(0, 80);
  if (base.kind == Kind::mapping) {
    return fmt::format("write `{}` as a mapping and below it only the keys that differ", key);
  }
  if (base.kind == Kind::sequence) return fmt::format("write `{}`, the whole list", spelled(source, key, "[...]"));
  return fmt::format("write `{}` with one plain value, or make the base's a mapping or list too",
                     spelled_key(source, key));
}

}  // namespace

void check_kind_conflict(const Subject& subject, Reporter& reporter) {
  for_each_match(subject, [&](const Source& source, const Source& base, const Match& match) {
    if (match.other == nullptr) return;
    const Node& mine = *match.entry.value;
    const Node& theirs = *match.other->value;
    if (mine.kind == theirs.kind || mine.kind == Kind::null || theirs.kind == Kind::null) return;
    if (is_interpolated(mine) || is_interpolated(theirs) || is_mandatory_mark(theirs)) return;
    Draft draft = Reporter::draft(match, source, base, describe(theirs) + " in the base");
    draft.message =
        fmt::format("`{}` is {} here and {} in {}: {}", match.path.dotted(), describe(mine),
                    describe(theirs), base.name(), loss(theirs, mine));
    draft.remedy = advice(source, match);
    reporter.report(std::move(draft));
  });
}

}  // namespace sluice::config
