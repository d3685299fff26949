#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "config/checks.h"
#include "config/values.h"
#include "config/walk.h"

namespace sluice::config {
namespace {

using document::Kind;
using document::Node;

constexpr std::size_t most_told = 20;  // of a file: a copy of the base is one mistake

std::size_t count_leaves(const Node& node) {
  if (node.kind != Kind::mapping) return 1;
  std::size_t count = 0;
  for (const document::EffectiveEntry& entry : effective_entries(node)) {
    count += count_leaves(*entry.value);
  }
  return count;
}

}  // namespace

// Told for the largest mapping that says nothing new, so that a copied file is few findings.
void check_redundant_override(const Folder& folder, const Options&, Reporter& reporter) {
  if (folder.strategy == Strategy::kedro_destructive || !folder.is_surely_merged) return;
  for_each_override(folder, [&](const Source& source, const Source& base) {
    std::vector<Draft> drafts;
    std::size_t told_depth = 0;  // of the mapping that was told last, while the walk is below it
    for_each_match(*source.mapping(), *base.mapping(), [&](const Match& match) {
      if (told_depth != 0 && match.path.depth() > told_depth) return;
      told_depth = 0;
      if (match.other == nullptr || match.entry.via != nullptr) return;
      const Node& mine = *match.entry.value;
      // A null that is written down is a decision.
      if (mine.kind == Kind::null || mine.is_alias || !adds_nothing(mine, *match.other->value)) return;
      told_depth = match.path.depth();
      Draft draft = Reporter::draft(match, source, base, "the same in the base");
      const std::size_t leaves = count_leaves(mine);
      draft.message = fmt::format(
          "`{}`{} is what {} says already: it has to be kept in step by hand, and hides what this "
          "environment changes",
          match.path.dotted(),
          mine.kind != Kind::mapping ? ""
          : leaves == 1              ? " with its only value"
                                     : fmt::format(" with all its {} values", leaves),
          base.name());
      if (mine.kind == Kind::mapping && leaves == 0) return;
      drafts.push_back(std::move(draft));
    });
    if (drafts.size() > most_told) {
      drafts[most_told - 1].message +=
          fmt::format("; so it is with {} more keys of this file", drafts.size() - most_told);
    }
    for (std::size_t i = 0; i < std::min(drafts.size(), most_told); ++i) {
      reporter.report(std::move(drafts[i]));
    }
  });
}

}  // namespace sluice::config
