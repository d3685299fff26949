#include "base/cpp_literal.h"

#include <gtest/gtest.h>

namespace sluice::base {
namespace {

TEST(CppLiteral, EscapesWhatWouldBeReadOtherwise) {
  EXPECT_EQ(cpp_literal("a b"), "\"a b\"sv");
  EXPECT_EQ(cpp_literal("\"\\?"), "\"\\042\\134\\077\"sv");
  EXPECT_EQ(cpp_literal("\n1\xFF"), "\"\\0121\\377\"sv");
}

}  // namespace
}  // namespace sluice::base
