#include "rules/required_run.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "rules/pattern.h"
#include "rules/rule_set.h"
#include "rules/template.h"

namespace sluice::scan {
namespace {

TEST(RequiredRun, LiesInEveryMatchOfEveryRule) {
  std::mt19937 dice(3);
  std::size_t matches = 0;
  std::size_t telling = 0;
  for (const rules::Rule& rule : rules::builtin_rules()) {
    if (rule.pattern.empty()) continue;
    const rules::RequiredRun& run = rule.required_run;
    const rules::RequiredRun known = rules::required_run(rule.pattern);
    EXPECT_TRUE(run.set == known.set && run.least == known.least) << rule.id << ", as the build found out";
    const rules::Pattern pattern(rule.pattern, rule.secret_group);
    telling += run.least >= 8;
    for (const std::string_view example : rule.match) {
      std::string text = *rules::expand_template(example, std::string(rule.id));
      // As it is, then with bytes that are others, which shorter matches may lie between.
      for (int change = 0; change < 5; ++change) {
        for (std::size_t at = 0; const auto found = pattern.find(text, at, text.size()); ++matches) {
          const rules::Span whole = found->whole;
          ASSERT_TRUE(run.lies_in(std::string_view(text).substr(whole.begin, whole.end - whole.begin))) << rule.id;
          at = whole.begin + 1;
        }
        text[dice() % text.size()] = "a0-Z.\n\""[dice() % 7];
      }
    }
  }
  EXPECT_GT(matches, 5000u);
  EXPECT_GT(telling, 500u);
}

}  // namespace
}  // namespace sluice::scan
