#include <fmt/format.h>

#include "config/checks.h"
#include "config/mask.h"
#include "config/spelling.h"
#include "config/values.h"
#include "config/walk.h"

namespace sluice::config {
namespace {

using document::Kind;
using document::Node;
using document::ScalarType;

bool is_number(ScalarType type) { return type == ScalarType::integer || type == ScalarType::real; }

// `1` for `1.0` and the other way round is what people write for the same thing.
bool is_change(ScalarType mine, ScalarType theirs) {
  return mine != theirs && !(is_number(mine) && is_number(theirs));
}

ScalarType type_to(Strategy strategy, const Node& node) {
  return strategy == Strategy::omegaconf && is_float_to_omegaconf(node) ? ScalarType::real : node.type;
}

// `5s`, `10MB`, `PT5S`, `00:00:05`: what a number of a base may be spelled as.
bool is_measure(std::string_view text) {
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == ':'; };
  std::size_t at = text.starts_with("PT") || text.starts_with('P') ? text.find_first_of("0123456789") : 0;
  if (at == std::string_view::npos || text.empty() || !is_digit(text[at])) return false;
  while (at < text.size() && is_digit(text[at])) ++at;
  return text.size() - at <= 2;
}

// Whether the type of the base can be made of a text, as loaders do that know nothing but texts.
bool can_become(const Node& mine, ScalarType theirs) {
  if (theirs != ScalarType::boolean && !is_number(theirs)) return true;
  if (is_number(theirs) && is_measure(mine.text)) return true;
  for (const ScalarType type : {document::resolve_yaml_1_1(mine.text), document::resolve_yaml_1_2(mine.text)}) {
    if (!is_change(type, theirs)) return true;
  }
  return false;
}

bool is_comparable(const Node& node) {
  return node.kind == Kind::scalar && !is_interpolated(node) && !is_mandatory_mark(node) &&
         node.type != ScalarType::binary;
}

// A value that is plainly a number, bool or date and stands under a harmless key: it may be shown.
bool is_shown(const Node& node, bool is_secret) {
  return !is_secret && !node.quoted && node.text.size() <= 40 &&
         (node.type != ScalarType::string || is_number_only_in_1_2(node));
}

// `key: value`, or the value alone where it is an item of a list.
std::string spelled_as(const Source& source, const Match& match, std::string_view value) {
  return match.is_item() ? std::string(value) : spelled(source, match.entry.key->text.substr(0, 80), value);
}

std::string advice(const Source& source, const Match& match) {
  const Node& mine = *match.entry.value;
  const Node& theirs = *match.other->value;
  const ScalarType wanted = theirs.type;
  if (is_number_only_in_1_2(mine) && is_number(wanted)) {
    const std::string number = respelled_number(mine.text);
    return number.empty() ? "write the number in decimal, without a leading zero"
                          : fmt::format("write `{}`", spelled_as(source, match, number));
  }
  if (is_number_only_in_1_2(theirs)) return "respell the number in the base, e.g. `1.0e-5`";
  if (wanted == ScalarType::string) {
    return fmt::format("put it in quotes: `{}`",
                       spelled_as(source, match, fmt::format("\"{}\"", is_shown(mine, false) ? mine.text : "...")));
  }
  if (mine.quoted && document::resolve_yaml_1_1(mine.text) == wanted) {
    return fmt::format("take the quotes away: `{}`", spelled_as(source, match, shortened(mine.text, 40)));
  }
  return fmt::format("give it {}, or change the type in the base too", describe(theirs));
}

// Said only where it surprises: YAML 1.2 would read the value as it looks.
std::string cause(const Source& source, const Node& mine, bool is_secret) {
  if ((*source.document)->format != document::Format::yaml) return "";
  if (!is_shown(mine, is_secret) || !mine.tag.empty()) return "";
  if (document::resolve_yaml_1_2(mine.text) == mine.type) return "";
  return fmt::format(" (PyYAML takes `{}` for that)", mine.text);
}

}  // namespace

void check_type_change(const Subject& subject, Reporter& reporter) {
  for_each_match(subject, [&](const Source& source, const Source& base, const Match& match) {
    if (match.other == nullptr) return;
    const Node& mine = *match.entry.value;
    const Node& theirs = *match.other->value;
    const Strategy strategy = subject.folder.strategy;
    if (!is_change(type_to(strategy, mine), type_to(strategy, theirs))) return;
    if (!is_comparable(mine) || !is_comparable(theirs)) return;
    const bool converts = subject.rules.flattens();
    if (converts && can_become(mine, theirs.type)) return;
    const bool is_secret = match.path.is_secret();
    Draft draft = Reporter::draft(match, source, base, describe(theirs) + " in the base");
    draft.message = fmt::format(
        "`{}` is {} here{} and {} in {}: {}", match.path.dotted(), describe(mine), cause(source, mine, is_secret),
        describe(theirs), base.name(),
        converts ? fmt::format("the program cannot make {} of it, and fails when it starts", describe(theirs))
                 : fmt::format("nothing converts it, and the program gets {}", describe(mine)));
    draft.remedy = is_secret ? "" : advice(source, match);
    reporter.report(std::move(draft));
  });
}

}  // namespace sluice::config
