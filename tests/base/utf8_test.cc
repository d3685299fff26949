#include "base/utf8.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/text.h"

namespace sluice::base {
namespace {

std::string utf8_of(std::uint32_t code_point) {
  std::string bytes;
  append_utf8(bytes, code_point);
  return bytes;
}

TEST(Utf8, HasTheBytesThatUnicodeSays) {
  EXPECT_EQ(utf8_of('A'), "A");
  EXPECT_EQ(utf8_of(0x7F), "\x7F");
  EXPECT_EQ(utf8_of(0x80), "\xC2\x80");
  EXPECT_EQ(utf8_of(0xE4), "\u00E4");
  EXPECT_EQ(utf8_of(0x7FF), "\xDF\xBF");
  EXPECT_EQ(utf8_of(0x20AC), "\u20AC");
  EXPECT_EQ(utf8_of(0x1F511), "\U0001F511");
  std::vector<char> bytes;
  append_utf8(bytes, 0x20AC);
  EXPECT_EQ(std::string(bytes.begin(), bytes.end()), "\u20AC");
}

TEST(Utf8, OfEveryScalarValueIsValidAndOne) {
  for (std::uint32_t code_point = 0; code_point <= 0x10FFFF; code_point += code_point < 0x3000 ? 1 : 61) {
    if (code_point >= 0xD800 && code_point < 0xE000) continue;
    const std::string bytes = utf8_of(code_point);
    ASSERT_TRUE(is_valid_utf8(bytes)) << code_point;
    ASSERT_EQ(code_point_length(bytes), bytes.size()) << code_point;
  }
  EXPECT_FALSE(is_valid_utf8(utf8_of(0xD800)));
}

}  // namespace
}  // namespace sluice::base
