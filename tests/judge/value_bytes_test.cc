#include "judge/value_bytes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "base/bits.h"
#include "judge/characters.h"

namespace sluice::judge {
namespace {

struct Placed {
  std::string text;
  rules::Span value;
};

// A value of few kinds of bytes, so that they follow one another often, alone or with much behind it.
Placed random_value(std::mt19937& random) {
  const std::string_view signs = "abcABCxyzXYZ01289_-=%:. \xC3\x7F";
  const std::size_t kinds = 1 + random() % signs.size();
  std::string value(1 + random() % (random() % 8 == 0 ? 600 : 70), ' ');
  for (char& c : value) c = signs[random() % kinds];
  const std::string before(random() % 4, 'k');
  return {before + value + std::string(random() % 2 * 100, 'a'), {before.size(), before.size() + value.size()}};
}

TEST(ValueBytes, HaveTheRunsOfASimpleWalk) {
  std::mt19937 random(6);
  for (int round = 0; round < 5000; ++round) {
    const Placed placed = random_value(random);
    const ValueBytes value(placed.text, placed.value);
    ASSERT_EQ(value.runs(), runs_simply(value.bytes())) << value.bytes();
  }
}

TEST(ValueBytes, TellWhereClassesBegin) {
  std::mt19937 random(9);
  const auto sign_of = [](char c) { return is(c, lower) ? 'a' : is(c, upper) ? 'A' : is(c, digit) ? '0' : c; };
  for (int round = 0; round < 5000; ++round) {
    Placed placed = random_value(random);
    if (round % 8 == 0) placed.text[placed.value.begin] = '\0';
    const ValueBytes value(placed.text, placed.value);
    const std::string_view head = value.bytes().substr(0, 64);
    std::uint64_t expected = 0;
    char last = '\0';
    for (std::size_t i = 0; i < head.size(); ++i) {
      expected |= std::uint64_t{sign_of(head[i]) != last} << i;
      last = sign_of(head[i]);
    }
    ASSERT_EQ(value.class_starts(), expected) << head;
    ASSERT_EQ(value.most_same_later(), value.most_same_later_plainly()) << head;
  }
}

TEST(ValueBytes, HaveTheWordsOfTheirText) {
  std::mt19937 random(7);
  for (int round = 0; round < 5000; ++round) {
    const Placed placed = random_value(random);
    const ValueBytes value(placed.text, placed.value);
    std::vector<std::string> found, start, expected, expected_of_start;
    value.for_each_word([&](std::string_view one) { found.emplace_back(one); });
    value.for_each_word_of_start([&](std::string_view one) { start.emplace_back(one); });
    for_each_word(value.bytes(), [&](std::string_view one) { expected.emplace_back(one); });
    for_each_word(value.bytes().substr(0, 64), [&](std::string_view one) { expected_of_start.emplace_back(one); });
    ASSERT_EQ(found, expected) << value.bytes();
    ASSERT_EQ(start, expected_of_start) << value.bytes();
  }
}

TEST(ValueBytes, AreCountedAndCompared) {
  std::mt19937 random(8);
  for (int round = 0; round < 2000; ++round) {
    const Placed placed = random_value(random);
    const ValueBytes value(placed.text, placed.value);
    const std::string_view bytes = value.bytes();
    const auto count = [&](unsigned classes) {
      return static_cast<std::size_t>(std::count_if(bytes.begin(), bytes.end(), [&](char c) { return is(c, classes); }));
    };
    ASSERT_EQ(value.lowers(), count(lower));
    ASSERT_EQ(value.uppers(), count(upper));
    ASSERT_EQ(value.digits(), count(digit));
    ASSERT_EQ(value.times('a'), static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), 'a')));
    ASSERT_EQ((value.all() & in_word) != 0, count(word) == bytes.size());
    ASSERT_EQ((value.any() & is_percent) != 0, bytes.find('%') != std::string_view::npos);
    const std::string_view head = bytes.substr(0, 64);
    for (std::size_t period = 1; period <= 8; ++period) {
      for (std::size_t i = 0; i < 64; ++i) {
        const bool is_same = i + period < head.size() && head[i] == head[i + period];
        ASSERT_EQ((value.same_later(period) >> i & 1u) != 0, is_same) << bytes << ' ' << period << ' ' << i;
      }
    }
  }
}

TEST(HasRun, FindsAsManyBitsInARow) {
  std::mt19937_64 random(9);
  for (int round = 0; round < 2000; ++round) {
    const std::uint64_t bits = random() | random();
    const auto longest = static_cast<std::size_t>(longest_run(bits));
    for (std::size_t count = 1; count < 30; ++count) ASSERT_EQ(has_run(bits, count), count <= longest) << bits;
    EXPECT_EQ(base::bit_count(bits), std::popcount(bits));
  }
  EXPECT_EQ(longest_run(0), 0);
  EXPECT_EQ(longest_run(~std::uint64_t{0}), 64);
}

}  // namespace
}  // namespace sluice::judge
