#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "config/checks.h"
#include "config/plain_value.h"
#include "config/walk.h"

namespace sluice::config {
namespace {

using document::Kind;
using document::Node;

constexpr std::size_t least_items = 4;

// The scalars of a list; nothing when it holds something else.
std::set<std::string> scalars(const Node& list) {
  std::set<std::string> texts;
  for (const Node& item : list.items) {
    if (item.kind != Kind::scalar) return {};
    texts.insert(as_json(item));
  }
  return texts;
}

}  // namespace

// A shorter choice from a long list is what people write who expect lists to be joined.
void check_list_replaced(const Subject& subject, Reporter& reporter) {
  if (!subject.folder.is_surely_merged) return;
  for_each_match(subject, [&](const Source& source, const Source& base, const Match& match) {
    if (match.other == nullptr || match.entry.value->kind != Kind::sequence) return;
    const Node& theirs = *match.other->value;
    if (theirs.kind != Kind::sequence || theirs.items.size() < least_items) return;
    if (list_way(subject.rules, match.path).rule != ListRule::replace) return;
    const std::set<std::string> mine = scalars(*match.entry.value);
    const std::set<std::string> all = scalars(theirs);
    if (mine.empty() || mine.size() >= all.size()) return;
    if (!std::includes(all.begin(), all.end(), mine.begin(), mine.end())) return;
    Draft draft = Reporter::draft(match, source, base, "the base's list");
    draft.message = fmt::format(
        "`{}` holds {} of the {} items in {}: a list replaces a list as a whole, and the other "
        "{} are gone",
        match.path.dotted(), mine.size(), all.size(), base.name(), all.size() - mine.size());
    reporter.report(std::move(draft));
  });
}

}  // namespace sluice::config
