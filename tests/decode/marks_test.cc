#include "decode/marks.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace sluice::decode {
namespace {

void expect_alike(const std::string& bytes) {
  static const MarkFinder finder;
  const Marks plain = MarkFinder::find_plainly(bytes.data());
  const Marks fast = finder.find(bytes.data());
  ASSERT_EQ(fast.may_be_digits, plain.may_be_digits);
  ASSERT_EQ(plain.may_be_escapes & ~fast.may_be_escapes, 0u) << "an escape is left out";
}

TEST(MarkFinder, LeavesOutNoPairOfBytes) {
  for (unsigned lead = 0; lead < 256; ++lead) {
    for (unsigned next = 0; next < 256; ++next) {
      std::string bytes(MarkFinder::reach, ' ');
      const std::size_t at = (lead + next) % (MarkFinder::reach - 1);
      bytes[at] = static_cast<char>(lead);
      bytes[at + 1] = static_cast<char>(next);
      expect_alike(bytes);
    }
  }
}

TEST(MarkFinder, IsAlikeOnAnyBytes) {
  std::mt19937 random(1);
  std::string bytes(MarkFinder::reach, ' ');
  for (int round = 0; round < 20'000; ++round) {
    for (char& byte : bytes) byte = static_cast<char>(random());
    expect_alike(bytes);
  }
}

// Else each of them is looked at in vain.
TEST(MarkFinder, TellsOfFewOthers) {
  static const MarkFinder finder;
  std::string code = "if (a == b && c[i] != \"x\\n\") { d = e % f; g &= h; s = '\\0'; } // 100% of a, b & c = d,  ";
  EXPECT_EQ(finder.find(code.data()).may_be_escapes, 0u);
  code.replace(0, 6, "%41=3D");
  EXPECT_EQ(finder.find(code.data()).may_be_escapes, 1u + 8u);
}

}  // namespace
}  // namespace sluice::decode
