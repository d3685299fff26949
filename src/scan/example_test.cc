#include "scan/example_test.h"

#include <fmt/format.h>

#include <algorithm>

#include "rules/template.h"
#include "scan/scanner.h"

namespace sluice::scan {
namespace {

constexpr int expansions = 5;

bool is_found(const Scanner& scanner, std::string_view text) {
  const std::vector<Match> matches = scanner.scan(text, false);
  return std::any_of(matches.begin(), matches.end(),
                     [](const Match& match) { return !match.evidence || confidence_at(match, ""); });
}

void test_list(const rules::Rule& rule, rules::Strings templates, bool must_match,
               const Scanner& scanner, std::vector<std::string>& failures) {
  for (const std::string_view text : templates) {
    for (int i = 0; i < expansions; ++i) {
      const auto expanded = rules::expand_template(text, fmt::format("{} {}", rule.id, i));
      if (expanded && is_found(scanner, *expanded) == must_match) continue;
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
