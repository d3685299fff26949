#include "rules/template.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>

namespace sluice::rules {
namespace {

TEST(Template, SameSeedSameText) {
  EXPECT_EQ(*expand_template("{{alnum:40}}", "a"), *expand_template("{{alnum:40}}", "a"));
  EXPECT_NE(*expand_template("{{alnum:40}}", "a"), *expand_template("{{alnum:40}}", "b"));
}

TEST(Template, KeepsTheTextAroundAndTheLength) {
  const std::string text = *expand_template("key = '{{hex:32}}';", "s");
  EXPECT_EQ(text.size(), std::string("key = '").size() + 32 + 2);
  EXPECT_EQ(text.find("key = '"), 0u);
}

TEST(Template, ClassesHoldWhatTheySay) {
  const std::string hex = *expand_template("{{hex:200}}", "s");
  EXPECT_EQ(hex.find_first_not_of("0123456789abcdef"), std::string::npos);
  const std::string upper = *expand_template("{{base32:200}}", "s");
  EXPECT_EQ(upper.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), std::string::npos);
  EXPECT_EQ(*expand_template("{{x:3}}{{dash:5}}{{newline:1}}", "s"), "xxx-----\n");
}

TEST(Template, RandomClassesHoldDigitAndLetter) {
  for (int seed = 0; seed < 200; ++seed) {
    const std::string text = *expand_template("{{alnum:4}}", std::to_string(seed));
    EXPECT_TRUE(std::any_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c); }));
    EXPECT_TRUE(std::any_of(text.begin(), text.end(), [](unsigned char c) { return std::isalpha(c); }));
  }
}

TEST(Template, FaultsAreErrors) {
  for (const char* text : {"{{alnum}}", "{{alnum:0}}", "{{alnum:9999999}}", "{{nosuch:3}}", "{{alnum:3"}) {
    EXPECT_FALSE(expand_template(text, "s").has_value()) << text;
  }
}

}  // namespace
}  // namespace sluice::rules
