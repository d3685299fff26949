#include "base/byte_block.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace sluice::base {
namespace {

template <class Question>
std::uint64_t one_by_one(const std::string& bytes, Question question) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < ByteBlock::size; ++i) bits |= std::uint64_t{question(bytes[i])} << i;
  return bits;
}

TEST(ByteBlock, AnswersAsOneByteAfterTheOther) {
  std::mt19937 random(5);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes(ByteBlock::size, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random() % (round % 2 == 0 ? 256 : 8) + (round % 2 == 0 ? 0 : 'a'));
    const ByteBlock block(bytes.data());
    const char a = bytes[random() % bytes.size()];
    const char b = bytes[random() % bytes.size()];
    const auto [first, last] = std::minmax({static_cast<unsigned char>(a), static_cast<unsigned char>(b)});
    EXPECT_EQ(block.equal(a).bits(), one_by_one(bytes, [a](char c) { return c == a; }));
    EXPECT_EQ(block.between(static_cast<char>(first), static_cast<char>(last)).bits(),
              one_by_one(bytes, [first, last](char c) {
                const auto byte = static_cast<unsigned char>(c);
                return first <= byte && byte <= last;
              }));
    EXPECT_EQ((block.equal(a) | block.equal(b)).bits(), one_by_one(bytes, [a, b](char c) { return c == a || c == b; }));
    EXPECT_EQ((block.between('b', 'f') & block.equal(a)).bits(),
              one_by_one(bytes, [a](char c) { return c == a && 'b' <= c && c <= 'f'; }));
    EXPECT_EQ(block.between('\xFF', '\1').bits(), one_by_one(bytes, [](char c) { return c >= -1 && c <= 1; }));
    const auto low = static_cast<char>(b & 0x0F);
    EXPECT_EQ(block.masked(0x0F).equal(low).bits(), one_by_one(bytes, [low](char c) { return (c & 0x0F) == low; }));
    const std::string backwards(bytes.rbegin(), bytes.rend());
    const base::ByteBlock less = block.minus(ByteBlock(backwards.data()));
    std::size_t at = 0;
    EXPECT_EQ(less.equal(low).bits(), one_by_one(bytes, [&](char c) { return static_cast<char>(c - backwards[at++]) == low; }));
    EXPECT_EQ(block.folded().equal(a).bits(), one_by_one(bytes, [a](char c) { return (c | 0x20) == a; }));
  }
}

}  // namespace
}  // namespace sluice::base
