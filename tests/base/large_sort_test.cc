#include "base/large_sort.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace sluice::base {
namespace {

using Value = std::pair<unsigned, std::string>;

bool has_less(const Value& a, const Value& b) { return a.first < b.first; }

TEST(LargeSort, GivesWhatAStableSortGives) {
  std::mt19937 random(1);
  for (std::size_t size = 0; size < 200; ++size) {
    std::vector<Value> values;
    // Few different keys, so that most values have equals; long texts, whose loss a move would show.
    const unsigned keys = 1 + static_cast<unsigned>(size) / 4;
    for (std::size_t i = 0; i < size; ++i) {
      values.emplace_back(static_cast<unsigned>(random() % keys), "a text that is not short " + std::to_string(i));
    }
    std::vector<Value> expected = values;
    std::stable_sort(expected.begin(), expected.end(), has_less);
    stable_sort_large(values, has_less);
    ASSERT_EQ(values, expected) << size;
  }
}

}  // namespace
}  // namespace sluice::base
