#include "scan/prefilter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"

namespace sluice::scan {
namespace {

using Hits = std::vector<std::pair<std::size_t, std::uint32_t>>;

Hits search(const std::vector<std::string_view>& literals, std::string_view text, std::size_t from,
            std::size_t to) {
  Hits hits;
  const PrefilterArrays arrays(literals);
  Prefilter(arrays.tables()).search(text, from, to, [&](std::uint32_t literal, std::size_t begin, std::size_t size) {
    EXPECT_EQ(size, literals[literal].size());
    hits.emplace_back(begin, literal);
  });
  std::sort(hits.begin(), hits.end());
  return hits;
}

// Every literal compared at every place.
Hits naive(const std::vector<std::string_view>& literals, std::string_view text, std::size_t from,
           std::size_t to) {
  Hits hits;
  const std::string lower = base::to_lower(text);
  for (std::size_t begin = from; begin < to; ++begin) {
    for (std::uint32_t i = 0; i < literals.size(); ++i) {
      const std::size_t size = literals[i].size();
      if (begin + size <= to && lower.compare(begin, size, literals[i]) == 0) hits.emplace_back(begin, i);
    }
  }
  return hits;
}

TEST(Prefilter, FindsOverlappingLiteralsInAnyCase) {
  EXPECT_EQ(search({"she", "her", "hers"}, "uSHErs", 0, 6), (Hits{{1, 0}, {2, 1}, {2, 2}}));
}

TEST(Prefilter, EqualsTheNaiveSearchOnPartsOfRandomTexts) {
  std::mt19937 random(7);
  const std::string alphabet = "abAB_@`\x7f?";
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::string> words(1 + random() % 8);
    for (std::string& word : words) {
      for (std::size_t size = 3 + random() % 5; word.size() < size;) word += "ab_@?"[random() % 5];
    }
    const std::vector<std::string_view> literals(words.begin(), words.end());
    std::string text;
    for (std::size_t size = random() % 80; text.size() < size;) text += alphabet[random() % alphabet.size()];
    const std::size_t from = random() % (text.size() + 1);
    const std::size_t to = from + random() % (text.size() - from + 1);
    ASSERT_EQ(search(literals, text, from, to), naive(literals, text, from, to)) << text;
  }
}

}  // namespace
}  // namespace sluice::scan
