#include "judge/grams.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace sluice::judge {
namespace {

// All grams of a candidate that is given to `key` behind some text, with as much text behind it.
std::vector<std::uint16_t> grams_of(const std::string& name, const std::string& value, std::size_t behind) {
  const std::string text = name + " = \"" + value + "\"" + std::string(behind, '\n');
  const std::size_t begin = name.size() + 4;
  const Subject subject{text, {0, name.size()}, {0, name.size()}, {begin, begin + value.size()}, rules::Shape::assignment};
  const Context context(subject);
  Grams grams;
  add_name_grams(subject, context, grams);
  add_value_grams(subject, context, grams);
  return {grams.begin(), grams.end()};
}

std::string random_bytes(std::mt19937& random, std::size_t least, std::size_t most) {
  const std::string_view signs("aZbY09@[`{_-\xC3 \0x", 16);
  std::string bytes(least + random() % (most - least), ' ');
  for (char& c : bytes) c = signs[random() % signs.size()];
  return bytes;
}

// Where the text ends soon they are read byte by byte, elsewhere as the processor can.
TEST(Grams, AreTheSameWhereverTheTextEnds) {
  std::mt19937 random(13);
  for (int round = 0; round < 3000; ++round) {
    const std::string name = random_bytes(random, 1, 50), value = random_bytes(random, 3, 90);
    ASSERT_EQ(grams_of(name, value, 2), grams_of(name, value, 100)) << name << ' ' << value;
  }
}

TEST(Grams, AddUpToTheSumOfTheirWeights) {
  std::mt19937 random(14);
  std::vector<std::int8_t> weights(std::size_t{1} << 16);
  for (std::int8_t& one : weights) one = static_cast<std::int8_t>(random() & 0xFF);
  const std::string text = "client_secret: \"Hello-World42\" # for all";
  const Subject subject{text, {0, 13}, {7, 13}, {16, 29}, rules::Shape::assignment};
  const Context context(subject);
  Grams grams;
  GramSum sum(weights.data());
  const auto add_all = [&](auto& out) {
    add_name_grams(subject, context, out);
    add_value_grams(subject, context, out);
    add_surrounding_grams(subject, context, out);
  };
  add_all(grams);
  add_all(sum);
  int expected = 0;
  for (const std::uint16_t one : grams) expected += weights[one];
  EXPECT_GT(grams.size(), 40u);
  EXPECT_EQ(sum.sum(), expected);
}

}  // namespace
}  // namespace sluice::judge
