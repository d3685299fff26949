#include "scan/example_test.h"

#include <fmt/format.h>

#include <algorithm>

#include "rules/template.h"
#include "scan/scanner.h"

namespace sluice::scan {
namespace {

constexpr int expansions = 5;

// Whether the rule is as sure of something in `text` as it can be; a judged one, whether it is told at all.
bool finds(const rules::Rule& rule, const Scanner& scanner, std::string_view text) {
  std::vector<Match> matches = scanner.scan(text, false);
  verify_structure(text, matches);
  return std::any_of(matches.begin(), matches.end(), [&](const Match& match) {
    return match.evidence ? confidence_at(match, Place("")).has_value() : match.confidence == rule.confidence;
  });
}

void test_list(const rules::Rule& rule, rules::Strings templates, bool must_match,
               const Scanner& scanner, std::vector<std::string>& failures) {
  for (const std::string_view text : templates) {
    for (int i = 0; i < expansions; ++i) {
      const auto expanded = rules::expand_template(text, fmt::format("{} {}", rule.id, i));
      if (expanded && finds(rule, scanner, *expanded) == must_match) continue;
      failures.push_back(fmt::format("{} '{}'", must_match ? "does not match" : "matches", text));
      break;
    }
  }
}

}  // namespace

std::vector<std::string> test_examples(const rules::Rule& rule) {
  const Scanner scanner({&rule});
  std::vector<std::string> failures;
  test_list(rule, rule.match, true, scanner, failures);
  test_list(rule, rule.no_match, false, scanner, failures);
  return failures;
}

}  // namespace sluice::scan
