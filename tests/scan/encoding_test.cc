#include "scan/encoding.h"

#include <gtest/gtest.h>

#include <string>

namespace sluice::scan {
namespace {

using namespace std::string_literals;

std::string utf16(std::string_view ascii, bool big_endian, bool mark) {
  std::string out = mark ? (big_endian ? "\xFE\xFF" : "\xFF\xFE") : "";
  for (const char c : ascii) out += big_endian ? "\0"s + c : c + "\0"s;
  return out;
}

TEST(DecodedText, Utf8StaysAndItsMarkGoes) {
  EXPECT_EQ(DecodedText("grün").view(), "grün");
  EXPECT_EQ(DecodedText("\xEF\xBB\xBFkey").view(), "key");
}

TEST(DecodedText, Utf16InBothOrdersWithAndWithoutMark) {
  const std::string text = "password = correct horse\n";
  for (const bool big_endian : {false, true}) {
    for (const bool mark : {false, true}) {
      const std::string bytes = utf16(text, big_endian, mark);
      const DecodedText decoded(bytes);
      EXPECT_EQ(decoded.view(), text) << big_endian << mark;
      EXPECT_FALSE(decoded.is_binary());
    }
  }
}

TEST(DecodedText, Utf16SurrogatesBecomeOneCharacter) {
  EXPECT_EQ(DecodedText("\xFF\xFE\x3D\xD8\x11\xDD"s).view(), "\xF0\x9F\x94\x91");  // U+1F511
}

TEST(DecodedText, Utf32) {
  EXPECT_EQ(DecodedText("\xFF\xFE\0\0k\0\0\0\xE9\0\0\0"s).view(), "k\xC3\xA9");
  EXPECT_EQ(DecodedText("\0\0\xFE\xFF\0\0\0k"s).view(), "k");
}

TEST(DecodedText, Latin1AndBinaryStayAsTheyAre) {
  const std::string latin1 = "pass\xE9 = 1";
  EXPECT_EQ(DecodedText(latin1).view(), latin1);
  EXPECT_FALSE(DecodedText(latin1).is_binary());
  const std::string binary = "ELF\0\1\2\3\0key"s;
  EXPECT_EQ(DecodedText(binary).view(), binary);
  EXPECT_TRUE(DecodedText(binary).is_binary());
}

TEST(DecodedText, CutUtf16LosesOnlyItsLastByte) {
  EXPECT_EQ(DecodedText("\xFF\xFEk\0e"s).view(), "k");
}

}  // namespace
}  // namespace sluice::scan
