#include "judge/word_kinds.h"

#include <gtest/gtest.h>

namespace sluice::judge {
namespace {

constexpr WordKinds<16> colours({{1, {"red", "green", "blue"}}, {2, {"green", "grey"}}});

TEST(WordKinds, TellsInWhichSetsAWordIs) {
  EXPECT_EQ(colours.of(hash_of("red")), 1u);
  EXPECT_EQ(colours.of(hash_of("GREEN")), 3u);
  EXPECT_EQ(colours.of(hash_of("Grey")), 2u);
  EXPECT_EQ(colours.of(hash_of("black")), 0u);
}

TEST(WordKinds, MayHoldWhatItHolds) {
  for (const std::string_view one : {"red", "Red", "green", "blue", "GREY"}) EXPECT_TRUE(colours.may_hold(one.front(), one.size())) << one;
  EXPECT_FALSE(colours.may_hold('r', 4));
  EXPECT_FALSE(colours.may_hold('b', 3));
}

}  // namespace
}  // namespace sluice::judge
