#include <fmt/format.h>

#include <string>

#include "config/checks.h"
#include "config/first_few.h"
#include "config/redundancy.h"
#include "config/walk.h"

namespace sluice::config {
namespace {

using document::Kind;
using document::Node;

std::size_t count_leaves(const Node& node) {
  if (node.kind != Kind::mapping) return 1;
  std::size_t count = 0;
  for (const document::EffectiveEntry& entry : effective_entries(node)) {
    count += count_leaves(*entry.value);
  }
  return count;
}

std::string message_of(const Match& match, const Source& base) {
  const Node& mine = *match.entry.value;
  const std::size_t leaves = count_leaves(mine);
  return fmt::format(
      "`{}`{} is what {} says already: it has to be kept in step by hand, and hides what this "
      "environment changes",
      match.path.dotted(),
      mine.kind != Kind::mapping ? ""
      : leaves == 1              ? " with its only value"
                                 : fmt::format(" with all its {} values", leaves),
      base.name());
}

bool says_nothing(const Match& match, const MergeRules& rules) {
  if (match.other == nullptr || match.entry.via != nullptr || match.names_item) return false;
  const Node& mine = *match.entry.value;
  // A null that is written down is a decision.
  return mine.kind != Kind::null && !mine.is_alias && adds_nothing(mine, *match.other->value, rules, match.path);
}

// An item that is merged by its index has to be there for those behind it, and a plain one is too short to be
// left out.
bool holds_place(const Match& match, const MergeRules& rules) {
  if (!match.is_item()) return false;
  KeyPath list = match.path;
  list.pop();
  const bool is_last = match.entry.value == &match.mapping.items.back();
  return match.entry.value->kind != Kind::mapping || (list_way(rules, list).rule == ListRule::by_index && !is_last);
}

// Told for the largest mapping that says nothing new, so that a copied file is few findings.
void look(const Comparison& each, const MergeRules& rules, Reporter& reporter) {
  FirstFew few;
  std::size_t told_depth = 0;  // of the mapping that was told last, while the walk is below it
  each.pairs.for_each([&](const Match& match) {
    if (told_depth != 0 && match.path.depth() > told_depth) return;
    told_depth = 0;
    if (!says_nothing(match, rules)) return;
    told_depth = match.path.depth();
    if (holds_place(match, rules)) return;
    const Node& mine = *match.entry.value;
    if (mine.kind == Kind::mapping && count_leaves(mine) == 0) return;
    if (few.is_full()) return few.add_line(span_of(match.entry).start.line);
    Draft draft = Reporter::draft(match, each.source, each.base, "the same in the base");
    draft.message = message_of(match, each.base);
    few.add(std::move(draft));
  });
  std::move(few).report(reporter);
}

}  // namespace

void check_redundant_override(const Subject& subject, Reporter& reporter) {
  const Folder& folder = subject.folder;
  if (folder.strategy == Strategy::kedro_destructive || !folder.is_surely_merged) return;
  for (const Comparison& each : subject.comparisons) look(each, subject.rules, reporter);
}

}  // namespace sluice::config
