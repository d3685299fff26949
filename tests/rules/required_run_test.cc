#include "rules/required_run.h"

#include <gtest/gtest.h>

#include <string>

namespace sluice::rules {
namespace {

std::size_t least_of(std::string_view expression) { return required_run(expression).least; }

TEST(RequiredRun, IsTheLongestThatNoMatchIsWithout) {
  EXPECT_EQ(least_of("x[a-f]{8}-[a-z0-9]{20,30}\\.[0-9]{6}"), 20u);
  EXPECT_EQ(least_of("\\b(tok_[a-z]{12,})\\b"), 12u);
  EXPECT_EQ(least_of("[a-z]{20}?|[0-9]{9,}"), 9u);
  EXPECT_EQ(least_of("[a-z]{20}|"), 0u);
  EXPECT_EQ(least_of("(?:[a-z]{20})?x"), 1u);
  EXPECT_EQ(least_of("(?:[a-z]{20}-){3}"), 20u);
  EXPECT_EQ(least_of("[a-z]*"), 0u);
  EXPECT_EQ(least_of("\\b"), 0u);
  EXPECT_EQ(least_of("\\pL{9}"), 0u) << "nothing is known of it";
}

// Each level is looked at once: twice would be more than a lifetime.
TEST(RequiredRun, TakesDeepAlternativesInOneGo) {
  std::string deep = "[a-z]{20}";
  for (int level = 0; level < 50; ++level) deep = "(?:" + deep + "|[0-9]{30})";
  EXPECT_EQ(least_of(deep), 20u);
}

TEST(RequiredRun, OfAlternativesMayBeOfAnyOne) {
  const RequiredRun run = required_run("[a-z]{20}|[0-9]{9,}");
  EXPECT_TRUE(run.lies_in("--123456789--"));
  EXPECT_TRUE(run.lies_in("--1234abcde--"));
  EXPECT_FALSE(run.lies_in("--12345678-9-"));
}

TEST(RequiredRun, IsFoundWhereverItLies) {
  const RequiredRun run = required_run("[a-z]{7}");
  EXPECT_FALSE(run.lies_in(""));
  EXPECT_FALSE(run.lies_in("abcdef"));
  EXPECT_TRUE(run.lies_in("abcdefg"));
  for (std::size_t size = 0; size < 12; ++size) {
    for (std::size_t before = 0; before < 20; ++before) {
      for (std::size_t behind = 0; behind < 20; ++behind) {
        const std::string text = std::string(before, '.') + std::string(size, 'x') + std::string(behind, '.');
        EXPECT_EQ(run.lies_in(text), size >= 7) << text;
        EXPECT_EQ(run.lies_in("xxxxxx." + text + ".xxxxxx"), size >= 7) << text;
      }
    }
  }
}

TEST(RequiredRun, OfNoRunLiesInAnything) {
  EXPECT_TRUE(required_run("[a-z]*").lies_in(""));
  EXPECT_TRUE(required_run("\\pL").lies_in("---"));
}

}  // namespace
}  // namespace sluice::rules
