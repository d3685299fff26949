#include "base/text.h"

#include <gtest/gtest.h>

namespace sluice::base {
namespace {

TEST(Text, CountsCodePointsAndInvalidBytes) {
  EXPECT_EQ(count_code_points("aü€😀"), 4u);
  EXPECT_EQ(count_code_points("a\xFF\xFE"), 3u);
  EXPECT_EQ(count_code_points("\xE2\x82"), 2u) << "a cut sequence counts byte by byte";
}

TEST(Text, ValidUtf8) {
  EXPECT_TRUE(is_valid_utf8("ü€😀"));
  EXPECT_FALSE(is_valid_utf8("\xC0\xAF"));      // overlong
  EXPECT_FALSE(is_valid_utf8("\xED\xA0\x80"));  // surrogate
  EXPECT_EQ(to_valid_utf8("a\xFFz"), "a\xEF\xBF\xBDz");
}

TEST(Text, NothingReachesTheTerminalUnescaped) {
  EXPECT_EQ(escape_for_terminal("a\x1b[31mb"), "a\\x1b[31mb");
  EXPECT_EQ(escape_for_terminal("a\nb\tc\rd"), "a\\nb\\tc\\rd");
  EXPECT_EQ(escape_for_terminal("\xC2\x9B"), "\\x9b") << "C1 control sequence introducer";
  EXPECT_EQ(escape_for_terminal("\xE2\x80\xAE"), "\\u202e") << "right-to-left override";
  EXPECT_EQ(escape_for_terminal("\xFF"), "\\xff");
  EXPECT_EQ(escape_for_terminal("grün"), "grün");
}

TEST(Text, NearestFindsTheSlipAndNothingFarOff) {
  const std::vector<std::string> words = {"learning_rate", "batch_size", "epochs"};
  EXPECT_EQ(nearest("learnig_rate", words), "learning_rate");
  EXPECT_EQ(nearest("epoch", words), "epochs");
  EXPECT_EQ(nearest("optimizer", words), "");
  EXPECT_EQ(nearest("prot", {"host", "port"}), "port");
  EXPECT_EQ(nearest("x", {"y"}), "") << "nothing in common";
}

TEST(Text, EditDistance) {
  EXPECT_EQ(edit_distance("kitten", "sitting", 9), 3u);
  EXPECT_EQ(edit_distance("", "abc", 9), 3u);
  EXPECT_EQ(edit_distance("kitten", "sitting", 1), 2u) << "stops above the limit";
}

}  // namespace
}  // namespace sluice::base
