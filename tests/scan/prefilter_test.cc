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

Hits search(const std::vector<Prefilter::Literal>& literals, std::string_view text) {
  Hits hits;
  Prefilter(literals).search(text, [&](std::uint32_t rule, std::size_t end) { hits.emplace_back(end, rule); });
  return hits;
}

// Every literal compared at every place.
Hits naive(const std::vector<Prefilter::Literal>& literals, std::string_view text) {
  Hits hits;
  const std::string lower = base::to_lower(text);
  for (std::size_t end = 1; end <= lower.size(); ++end) {
    std::vector<std::uint32_t> rules;
    for (const auto& literal : literals) {
      const std::size_t size = literal.text.size();
      if (size <= end && lower.compare(end - size, size, literal.text) == 0) rules.push_back(literal.rule);
    }
    std::sort(rules.begin(), rules.end());
    rules.erase(std::unique(rules.begin(), rules.end()), rules.end());
    for (const auto rule : rules) hits.emplace_back(end, rule);
  }
  return hits;
}

TEST(Prefilter, FindsOverlappingLiteralsInAnyCase) {
  const std::vector<Prefilter::Literal> literals = {{"she", 0}, {"he", 1}, {"hers", 2}};
  EXPECT_EQ(search(literals, "uSHErs"), (Hits{{4, 0}, {4, 1}, {6, 2}}));
}

TEST(Prefilter, EqualsTheNaiveSearchOnRandomTexts) {
  std::mt19937 random(7);
  const std::string alphabet = "abAB_";
  for (int round = 0; round < 500; ++round) {
    std::vector<std::string> words;
    std::vector<Prefilter::Literal> literals;
    for (std::uint32_t i = 0; i < 1 + random() % 8; ++i) {
      std::string word;
      for (std::size_t n = 0; n < 1 + random() % 5; ++n) word += "ab_"[random() % 3];
      words.push_back(word);
    }
    for (std::uint32_t i = 0; i < words.size(); ++i) literals.push_back({words[i], i / 2});
    std::string text;
    for (std::size_t n = 0; n < random() % 60; ++n) text += alphabet[random() % alphabet.size()];
    ASSERT_EQ(search(literals, text), naive(literals, text)) << text;
  }
}

TEST(Prefilter, WithoutLiteralsFindsNothing) { EXPECT_TRUE(search({}, "anything").empty()); }

}  // namespace
}  // namespace sluice::scan
