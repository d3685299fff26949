#include "scan/example_test.h"

#include <fmt/format.h>

#include "rules/template.h"
#include "scan/scanner.h"

namespace sluice::scan {
namespace {

constexpr int expansions = 5;

void test_list(const rules::Rule& rule, rules::Strings templates, bool must_match,
               const Scanner& scanner, std::vector<std::string>& failures) {
  for (const std::string_view text : templates) {
    for (int i = 0; i < expansions; ++i) {
      const auto expanded = rules::expand_template(text, fmt::format("{} {}", rule.id, i));
      if (expanded && scanner.scan(*expanded, false).empty() != must_match) continue;
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
