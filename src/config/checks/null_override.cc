#include <fmt/format.h>

#include "config/checks.h"
#include "config/values.h"
#include "config/walk.h"

namespace sluice::config {
namespace {

using document::Entry;
using document::Kind;
using document::Node;

// `model:` followed by keys that belong below it: they lost their indentation.
std::string lost_child(const Match& match) {
  if (match.other->value->kind != Kind::mapping) return {};
  bool is_behind = false;
  for (const Entry& entry : match.mapping.entries) {
    if (is_behind) {
      const bool is_child = match.other->value->find(entry.key.text) != nullptr;
      return is_child ? entry.key.text.substr(0, 80) : std::string();
    }
    is_behind = &entry.key == match.entry.key;
  }
  return {};
}

}  // namespace

void check_null_override(const Subject& subject, Reporter& reporter) {
  // Helm takes the key away, which is what null is written for.
  if (subject.folder.strategy == Strategy::helm) return;
  for_each_match(subject, [&](const Source& source, const Source& base, const Match& match) {
    if (match.other == nullptr || match.entry.value->kind != Kind::null) return;
    const Node& theirs = *match.other->value;
    if (theirs.kind == Kind::null || is_mandatory_mark(theirs)) return;
    Draft draft = Reporter::draft(match, source, base, describe(theirs) + " in the base");
    // Below the key there is something that the loader calls by other names.
    const bool stays = subject.rules.flattens() && theirs.kind != Kind::scalar;
    if (stays && theirs.entries.empty() && theirs.items.empty()) return;
    draft.message = fmt::format("`{}` is null here and {} in {}: {}", match.path.dotted(), describe(theirs), base.name(),
                                stays ? "the loader keeps what the base has below it, and null does nothing"
                                      : "the merge throws the base's value away");
    if (stays) draft.at_most = Severity::low;
    const bool is_yaml = (*source.document)->format == document::Format::yaml;
    if (const std::string child = is_yaml ? lost_child(match) : ""; !child.empty()) {
      draft.message += fmt::format("; `{}` behind it looks like one of its keys", child);
      draft.at_most = Severity::critical;
      draft.remedy = fmt::format("indent `{}` and what follows below this key", child);
    }
    if (theirs.kind == Kind::scalar) draft.at_most = Severity::medium;
    reporter.report(std::move(draft));
  });
}

}  // namespace sluice::config
