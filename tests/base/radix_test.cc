#include "base/radix.h"

#include <gtest/gtest.h>

namespace sluice::base {
namespace {

// The test vectors of RFC 4648 section 10.
TEST(Radix, ReadsAndWritesTheVectorsOfTheStandard) {
  const std::pair<std::string, std::string> base64[] = {{"", ""},         {"f", "Zg=="},     {"fo", "Zm8="},
                                                        {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : base64) {
    EXPECT_EQ(encode_base64(bytes), text);
    EXPECT_EQ(decode_base64(text), bytes);
  }
  EXPECT_EQ(encode_base32("foobar"), "MZXW6YTBOI");
  EXPECT_EQ(decode_base32("MZXW6YTBOI"), "foobar");
  EXPECT_EQ(decode_hex("666F6f"), "foo");
}

TEST(Radix, ReadsBothAlphabetsAndNoPadding) {
  EXPECT_EQ(decode_base64("-_-_"), decode_base64("+/+/"));
  EXPECT_EQ(decode_base64("Zg"), "f");
  EXPECT_EQ(encode_base64url("\xFB\xFF"), "-_8");
}

TEST(Radix, RefusesWhatCannotBe) {
  EXPECT_FALSE(decode_base64("Zm9vY"));
  EXPECT_FALSE(decode_base64("Zm 9v"));
  EXPECT_FALSE(decode_base64("Zg==Zg=="));
  EXPECT_FALSE(decode_base32("mzxw"));
  EXPECT_FALSE(decode_hex("abc"));
  EXPECT_FALSE(decode_hex("0g"));
}

TEST(Radix, FillsBase62WithZeros) {
  EXPECT_EQ(encode_base62(0, 6), "000000");
  EXPECT_EQ(encode_base62(61, 2), "0z");
  EXPECT_EQ(encode_base62(0xFFFFFFFF, 6), "4gfFC3");
}

}  // namespace
}  // namespace sluice::base
