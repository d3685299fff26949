#include "scan/keyword_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "rules/rule_set.h"
#include "support/builtin_rules.h"

namespace sluice::scan {
namespace {

template <class T>
void expect_equal(std::span<const T> a, std::span<const T> b, std::string_view name) {
  EXPECT_TRUE(std::ranges::equal(a, b)) << name;
}

// What was worked out at build time is what would be worked out now.
TEST(KeywordTable, OfBuiltinRulesIsUpToDate) {
  const std::vector<const rules::Rule*> rules = sluice::testing::builtin_rules();
  const KeywordArrays arrays(rules);
  const KeywordTable now = arrays.table();
  const KeywordTable built = builtin_keywords();
  EXPECT_GT(built.literals.size(), 1000u);
  expect_equal(built.literals, now.literals, "literals");
  expect_equal(built.rules, now.rules, "rules");
  expect_equal(built.first_rule, now.first_rule, "first_rule");
  expect_equal(built.uuid_rules, now.uuid_rules, "uuid_rules");
  EXPECT_EQ(built.reach_before, now.reach_before);
  EXPECT_EQ(built.reach_behind, now.reach_behind);
  expect_equal(built.prefilter.literals, now.prefilter.literals, "prefilter.literals");
  expect_equal(built.prefilter.rows, now.prefilter.rows, "rows");
  expect_equal(built.prefilter.first_entry, now.prefilter.first_entry, "first_entry");
  expect_equal(built.prefilter.grams, now.prefilter.grams, "grams");
  expect_equal(built.prefilter.entries, now.prefilter.entries, "entries");
  expect_equal(built.prefilter.of_three_bytes, now.prefilter.of_three_bytes, "of_three_bytes");
}

TEST(KeywordTable, NumbersEachLiteralOnceWithAllItsRules) {
  rules::Rule one;
  one.id = "one";
  rules::Rule two;
  two.id = "two";
  static constexpr std::string_view of_one[] = {"token", "acme"};
  static constexpr std::string_view of_two[] = {"token"};
  one.keywords = of_one;
  two.keywords = of_two;
  const KeywordArrays arrays({&one, &two});
  const KeywordTable table = arrays.table();
  ASSERT_EQ(table.literals.size(), 2u);
  EXPECT_EQ(table.literals[0], "acme");
  EXPECT_EQ(table.literals[1], "token");
  EXPECT_EQ(std::vector(table.rules.begin(), table.rules.end()), (std::vector<std::uint32_t>{0, 0, 1}));
  EXPECT_EQ(std::vector(table.first_rule.begin(), table.first_rule.end()), (std::vector<std::uint32_t>{0, 1, 3}));
}

}  // namespace
}  // namespace sluice::scan
