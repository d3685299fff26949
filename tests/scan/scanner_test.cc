#include "scan/scanner.h"

#include <gtest/gtest.h>

#include <string>

#include "rules/positions.h"
#include "rules/rule_set.h"
#include "rules/template.h"
#include "scan/example_test.h"
#include "scan/finding_builder.h"
#include "support/builtin_rules.h"

namespace sluice::scan {
namespace {

constexpr std::string_view acme_keywords[] = {"acme_"};

rules::Rule acme_rule() {
  rules::Rule rule;
  rule.id = "acme-token";
  rule.title = "Acme token";
  rule.keywords = acme_keywords;
  rule.pattern = "\\b(acme_[a-z0-9]{20})\\b";
  rule.secret_group = 1;
  return rule;
}

std::string token(int seed) {
  return *rules::expand_template("acme_{{lowernum:20}}", std::to_string(seed));
}

TEST(BuiltinRules, AreAtLeastAHundredAndPassTheirOwnExamples) {
  EXPECT_GE(rules::builtin_rules().size(), 100u);
  for (const rules::Rule& rule : rules::builtin_rules()) {
    for (const std::string& failure : test_examples(rule)) ADD_FAILURE() << rule.id << " " << failure;
  }
}

TEST(BuiltinRules, AreUnderstood) {
  for (const rules::Rule& rule : rules::builtin_rules()) EXPECT_TRUE(rules::positions_of(rule.pattern)) << rule.id;
}

TEST(BuiltinRules, NearlyAllMatchesHoldAKeyword) {
  std::size_t held = 0;
  for (const rules::Rule& rule : rules::builtin_rules()) held += rule.keyword_inside;
  EXPECT_GE(held * 100, rules::builtin_rules().size() * 90) << "only " << held;
}

TEST(Scanner, FindsEachTokenOnceWithItsPlace) {
  const rules::Rule rule = acme_rule();
  const Scanner scanner({&rule});
  const std::string text = "a\nü = " + token(1) + " " + token(2) + "\n";
  const auto matches = scanner.scan(text, false);
  ASSERT_EQ(matches.size(), 2u);
  const auto findings = build_findings(text, matches);
  EXPECT_EQ(findings[0].finding.at.line, 2u);
  EXPECT_EQ(findings[0].finding.at.column, 5u);  // ü is one column
  EXPECT_EQ(findings[0].finding.at.end_column, 30u);
  EXPECT_EQ(findings[0].finding.excerpt.before, "ü = ");
  EXPECT_EQ(findings[0].finding.excerpt.secret.reveal(), token(1));
  EXPECT_EQ(findings[0].finding.excerpt.after, " [secret]") << "the other secret of the line stays hidden";
}

TEST(Scanner, FindsTokensAtEveryOffsetAcrossSliceSeams) {
  const rules::Rule rule = acme_rule();
  const Scanner scanner({&rule});
  // One long line full of the keyword, so that all regions merge and are cut into slices.
  for (std::size_t shift = 0; shift < 12; ++shift) {
    std::string text(shift, ' ');
    std::size_t planted = 0;
    while (text.size() < 60'000) {
      text += "acme_ ";
      if (text.size() % 11 == 0) {
        text += token(static_cast<int>(planted++)) + " ";
      }
    }
    ASSERT_EQ(scanner.scan(text, false).size(), planted) << shift;
  }
}

TEST(Scanner, MatchLongerThanItsWindowIsWhole) {
  rules::Rule rule = acme_rule();
  rule.pattern = "acme_[a-z0-9]{20,}";
  rule.secret_group = 0;
  rule.window = 32;
  const Scanner scanner({&rule});
  const std::string text = *rules::expand_template("x acme_{{lowernum:5000}} y", "s");
  const auto matches = scanner.scan(text, false);
  ASSERT_EQ(matches.size(), 1u);
  EXPECT_EQ(matches[0].secret.end - matches[0].secret.begin, 5005u);
}

TEST(Scanner, TextOnlyRulesLeaveBinaryAlone) {
  rules::Rule rule = acme_rule();
  rule.text_only = true;
  const Scanner scanner({&rule});
  EXPECT_EQ(scanner.scan(token(1), false).size(), 1u);
  EXPECT_TRUE(scanner.scan(token(1), true).empty());
}

TEST(Scanner, PathConditions) {
  rules::Rule rule = acme_rule();
  constexpr std::string_view lock[] = {"*.lock"};
  rule.exclude_paths = lock;
  EXPECT_TRUE(applies_to(rule, "src/a.py"));
  EXPECT_TRUE(applies_to(rule, ""));
  EXPECT_FALSE(applies_to(rule, "deep/yarn.lock"));
  rule.exclude_paths = {};
  rule.include_paths = lock;
  EXPECT_FALSE(applies_to(rule, ""));
  EXPECT_TRUE(applies_to(rule, "yarn.lock"));
}

TEST(KeepMostSpecific, ConfidenceWinsWhereSecretsOverlap) {
  rules::Rule sure = acme_rule();
  rules::Rule vague = acme_rule();
  vague.id = "vague";
  vague.confidence = Confidence::low;
  std::vector<Match> matches = {{&vague, {}, {0, 50}, Confidence::low, Severity::high, {}, {}},
                                {&sure, {}, {10, 30}, Confidence::high, Severity::high, {}, {}},
                                {&vague, {}, {60, 70}, Confidence::low, Severity::high, {}, {}}};
  keep_most_specific(matches);
  ASSERT_EQ(matches.size(), 2u);
  EXPECT_EQ(matches[0].rule->id, "acme-token");
  EXPECT_EQ(matches[1].secret.begin, 60u);
}

TEST(Scanner, BuiltinRulesGiveAtMostOneFindingForAProviderToken) {
  const Scanner scanner(sluice::testing::builtin_rules());
  const std::string text = *rules::expand_template("GITHUB_TOKEN=ghp_{{alnum:36}}\n", "one");
  auto matches = scanner.scan(text, false);
  keep_most_specific(matches);
  ASSERT_EQ(matches.size(), 1u);
}

}  // namespace
}  // namespace sluice::scan
