#include "suppress/allow_comment.h"

#include <gtest/gtest.h>

namespace sluice::suppress {
namespace {

TEST(AllowComment, OnTheLineOrTheLineAbove) {
  EXPECT_EQ(find_allow_comment("r", "x = 1  # sluice:allow r test key", "")->reason, "test key");
  EXPECT_EQ(find_allow_comment("r", "x = 1", "// sluice:allow r test key")->reason, "test key");
  EXPECT_FALSE(find_allow_comment("r", "x = 1", ""));
}

TEST(AllowComment, SpeaksOnlyOfItsRule) {
  EXPECT_FALSE(find_allow_comment("r", "# sluice:allow other reason", ""));
  EXPECT_FALSE(find_allow_comment("r", "# sluice:allow r2 reason", ""));
  EXPECT_EQ(find_allow_comment("r", "# sluice:allow * all of them", "")->reason, "all of them");
  EXPECT_EQ(find_allow_comment("b", "# sluice:allow a one sluice:allow b two", "")->reason, "two");
}

TEST(AllowComment, WithoutReasonAllowsNothing) {
  EXPECT_EQ(find_allow_comment("r", "# sluice:allow r", "")->reason, "");
  EXPECT_EQ(find_allow_comment("r", "/* sluice:allow r */", "")->reason, "");
}

TEST(AllowComment, CommentEndIsNoReason) {
  EXPECT_EQ(find_allow_comment("r", "<!-- sluice:allow r sample -->", "")->reason, "sample");
  EXPECT_EQ(find_allow_comment("r", "/* sluice:allow r sample */ x", "")->reason, "sample");
}

}  // namespace
}  // namespace sluice::suppress
