#include "scan/gram_table.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace sluice::scan {
namespace {

// Whatever the processor offers is held against the plain way, on texts in which grams are frequent, begin
// at every place of a block, and differ from others in case or in their fourth byte only.
TEST(GramTable, ScansAsThePlainWayDoes) {
  std::mt19937 random(11);
  const std::string alphabet = "abcABC_@`\x7f\xe1 1";
  for (int round = 0; round < 400; ++round) {
    std::vector<std::uint32_t> rows(GramTable::row_count, 0);
    std::vector<std::uint32_t> added = rows;
    for (std::size_t grams = 1 + random() % 60; grams > 0; --grams) {
      std::string bytes;
      while (bytes.size() < GramTable::gram_size) bytes += alphabet[random() % alphabet.size()];
      const std::uint32_t gram = GramTable::folded(bytes.data());
      const bool has_fourth = random() % 4 != 0;
      GramTable::add(gram, has_fourth, added);
      rows[GramTable::row_of(gram)] |= has_fourth ? 1u << (gram >> 24 & 31) : 0xFFFFFFFFu;
    }
    const GramTable table(added);
    std::string text;
    while (text.size() < GramTable::block_reach) {
      text += random() % 8 == 0 ? static_cast<char>(random()) : alphabet[random() % alphabet.size()];
    }
    const std::uint64_t found = table.scan(text.data());
    ASSERT_EQ(found, GramTable::scan_plainly(rows.data(), text.data())) << round;
    for (std::size_t place = 0; place < GramTable::block_size; ++place) {
      const bool may = table.may_hold(GramTable::folded(text.data() + place));
      ASSERT_EQ(may, (found >> place & 1) != 0) << round << " " << place;
    }
  }
}

}  // namespace
}  // namespace sluice::scan
