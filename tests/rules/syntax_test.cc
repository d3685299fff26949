#include "rules/syntax.h"

#include <gtest/gtest.h>

#include <string>

#include "rules/positions.h"

namespace sluice::rules {
namespace {

bool contains(std::string_view expression, std::vector<std::string_view> keywords) {
  return always_contains(expression, keywords);
}

TEST(Syntax, KnowsWhatTheRulesAreWrittenIn) {
  for (const char* expression :
       {"a(?:b|c)*", "(?i)x(?-i:y)z", "[^]a-z\\d]", "[[:alpha:]_]{2,}?", "\\x41\\x{42}\\.", "\\Q.*\\E+",
        "(?P<name>a)(?<other>b)", "(?ms:^.$)", "a{,3}", "x{2}{3}", ""}) {
    EXPECT_TRUE(parse_syntax(expression)) << expression;
  }
}

TEST(Syntax, SaysSoWhenItDoesNotKnow) {
  for (const char* expression : {"\\pL", "\\123", "(a", "a)", "[a", "*a", "(?z)a", "\\x{100}"}) {
    EXPECT_FALSE(parse_syntax(expression)) << expression;
  }
  EXPECT_FALSE(parse_syntax(std::string(200, '(') + std::string(200, ')'))) << "too deep";
}

TEST(Positions, KnowTheShortestMatch) {
  const auto shortest = [](std::string_view expression) { return positions_of(expression)->shortest; };
  EXPECT_EQ(shortest("\\b(acme_[a-z0-9]{20})\\b"), 25u);
  EXPECT_EQ(shortest("a?b*c+(?:dd|e)"), 2u);
  EXPECT_EQ(shortest("(?:ab){3,5}x{0,2}"), 6u);
  EXPECT_EQ(shortest("(?:|ab)"), 0u);
  EXPECT_EQ(shortest("^$"), 0u);
}

TEST(AlwaysContains, SeesAWayAroundTheKeyword) {
  EXPECT_TRUE(contains("\\b(acme_[a-z0-9]{20})\\b", {"acme_"}));
  EXPECT_TRUE(contains("(?i:pass(?:word|wd))=", {"password", "passwd"}));
  EXPECT_TRUE(contains("(?i)GIT[_-]?HUB", {"github", "git_hub", "git-hub"}));
  EXPECT_FALSE(contains("(?i)GIT[_-]?HUB", {"github", "git_hub"}));
  EXPECT_FALSE(contains("(?:acme_)?[a-z]{20}", {"acme_"}));
  EXPECT_FALSE(contains("[a-z]{5}", {"acme_"}));
  EXPECT_FALSE(contains("", {"acme_"}));
  EXPECT_FALSE(contains("\\pLacme_", {"acme_"})) << "what is not understood is not promised";
}

TEST(AlwaysContains, FindsKeywordsThatOverlapTheirSurroundings) {
  EXPECT_TRUE(contains("aab", {"ab"}));
  EXPECT_TRUE(contains("a{2,9}b", {"aab"}));
  EXPECT_FALSE(contains("a{1,9}b", {"aab"}));
  EXPECT_TRUE(contains("(?:^|[^x])abc", {"abc"}));
}

}  // namespace
}  // namespace sluice::rules
