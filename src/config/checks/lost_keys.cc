#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <vector>

#include "config/checks.h"
#include "config/walk.h"

namespace sluice::config {
namespace {

using document::Kind;
using document::Node;

constexpr std::size_t most_names = 3;

// The keys below `way` that the base has and the override leaves out; of what lies below a missing key nothing more.
struct Lost {
  std::vector<std::string> names;  // the first few
  std::size_t count = 0;
};

Lost lost_keys(const std::string& way, const Node& base, const Node& mine) {
  Lost lost;
  for_each_match(base, mine, [&](const Match& match) {
    if (match.other == nullptr && ++lost.count <= most_names)
      lost.names.push_back(fmt::format("`{}.{}`", way, match.path.dotted()));
  });
  return lost;
}

}  // namespace

// Kedro's loader throws away what the base has below a key at the top as soon as an environment has that key. Entries of a
// catalog are written whole for that reason; parameters mostly are not.
void check_lost_keys(const Subject& subject, Reporter& reporter) {
  if (subject.folder.strategy != Strategy::kedro_destructive) return;
  for_each_match(subject, [&](const Source& source, const Source& base, const Match& match) {
    if (match.path.depth() != 1 || match.other == nullptr || !source.name().starts_with("parameters")) return;
    const Node& mine = *match.entry.value;
    const Node& theirs = *match.other->value;
    if (mine.kind != Kind::mapping || theirs.kind != Kind::mapping) return;
    const Lost lost = lost_keys(match.path.dotted(), theirs, mine);
    if (lost.count == 0) return;
    const std::string more = lost.count > most_names ? fmt::format(" and {} more", lost.count - most_names) : std::string();
    Draft draft = Reporter::draft(match, source, base, "the base's mapping, which is thrown away");
    draft.span = match.entry.via == nullptr ? span_of(*match.entry.key) : span_of(*match.entry.via);
    draft.message = fmt::format("`{}` leaves out {}{} of {}, and Kedro's loader replaces a key at the top as a whole: they are gone here",
                                match.path.dotted(), fmt::join(lost.names, ", "), more, base.path());
    reporter.report(std::move(draft));
  });
}

}  // namespace sluice::config
