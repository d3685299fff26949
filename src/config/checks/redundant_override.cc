#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "config/checks.h"
#include "config/values.h"
#include "config/walk.h"

namespace sluice::config {
namespace {

using document::Kind;
using document::Node;

constexpr std::size_t most_told = 20;  // of a file: a copy of the base is one mistake
constexpr std::size_t most_lines = 100;  // of the others that are named in the last one

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

bool says_nothing(const Match& match) {
  if (match.other == nullptr || match.entry.via != nullptr) return false;
  const Node& mine = *match.entry.value;
  // A null that is written down is a decision.
  return mine.kind != Kind::null && !mine.is_alias && adds_nothing(mine, *match.other->value);
}

std::string told_by_lines(std::vector<std::uint32_t> lines) {
  const std::size_t count = lines.size();
  lines.resize(std::min(count, most_lines));
  return fmt::format("; so it is with {} more keys of this file, in line {}{}", count, fmt::join(lines, ", "),
                     count > most_lines ? " and further on" : "");
}

// Told for the largest mapping that says nothing new, so that a copied file is few findings.
void look(const Comparison& each, Reporter& reporter) {
  std::vector<Draft> drafts;
  std::vector<std::uint32_t> more;  // lines of what is not told by itself
  std::size_t told_depth = 0;  // of the mapping that was told last, while the walk is below it
  each.pairs.for_each([&](const Match& match) {
    if (told_depth != 0 && match.path.depth() > told_depth) return;
    told_depth = 0;
    if (!says_nothing(match)) return;
    told_depth = match.path.depth();
    const Node& mine = *match.entry.value;
    if (mine.kind == Kind::mapping && count_leaves(mine) == 0) return;
    if (drafts.size() == most_told) {
      more.push_back(span_of(match.entry).start.line);
      return;
    }
    drafts.push_back(Reporter::draft(match, each.source, each.base, "the same in the base"));
    drafts.back().message = message_of(match, each.base);
  });
  if (!more.empty()) drafts.back().message += told_by_lines(std::move(more));
  for (Draft& draft : drafts) reporter.report(std::move(draft));
}

}  // namespace

void check_redundant_override(const Subject& subject, Reporter& reporter) {
  const Folder& folder = subject.folder;
  if (folder.strategy == Strategy::kedro_destructive || !folder.is_surely_merged) return;
  for (const Comparison& each : subject.comparisons) look(each, reporter);
}

}  // namespace sluice::config
