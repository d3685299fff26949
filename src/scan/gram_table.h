#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace sluice::scan {

/// A set of grams, four bytes each, in which letters have no case: tells at which of many places one of
/// them may stand. What it passes is to be compared; what it does not pass is none. Small enough for the
/// first-level cache. On x86-64 with AVX2 eight places are looked at together; elsewhere one at a time.
class GramTable {
 public:
  static constexpr std::size_t gram_size = 4;
  static constexpr std::size_t block_size = 64;   ///< places looked at together
  static constexpr std::size_t block_reach = 72;  ///< bytes that must be readable from a block's first on
  static constexpr unsigned row_bits = 13;
  static constexpr std::size_t row_count = std::size_t{1} << row_bits;

  /// `rows`: row_count of them, as add() makes them; they must outlive this.
  explicit GramTable(std::span<const std::uint32_t> rows);

  /// Four bytes from `at`, the bit set in each that tells the cases of letters apart. It makes some other
  /// bytes equal, too.
  static std::uint32_t folded(const char* at) {
    std::uint32_t bytes;
    std::memcpy(&bytes, at, sizeof bytes);
    if constexpr (std::endian::native == std::endian::big)
      bytes = bytes >> 24 | (bytes >> 8 & 0xFF00) | (bytes << 8 & 0xFF0000) | bytes << 24;
    return bytes | 0x20202020u;
  }

  /// The row of a folded gram: its first three bytes decide.
  static std::uint32_t row_of(std::uint32_t gram) { return gram * multiplier >> (32 - row_bits); }

  /// Adds a folded gram to rows that were all 0 at first; without its fourth byte every gram that begins with the
  /// other three.
  static void add(std::uint32_t gram, bool has_fourth, std::span<std::uint32_t> rows);

  bool may_hold(std::uint32_t gram) const { return (rows_[row_of(gram)] >> (gram >> 24 & 31) & 1u) != 0; }

  /// How often a place of source text is taken for the folded gram, itself or another: doubles with each step from
  /// 0, at most once in 2^24 places, to 15.
  static unsigned cost_of(std::uint32_t gram);

  /// Whether the first three bytes of `gram` may be one that was added without its fourth.
  bool may_begin(std::uint32_t gram) const { return rows_[row_of(gram)] == 0xFFFFFFFFu; }

  /// Bit i tells whether a gram may stand at `at` + i, for 0 to block_size - 1.
  std::uint64_t scan(const char* at) const { return scan_block_(rows_, at); }

  /// What scan does on any processor: the measure of the others.
  static std::uint64_t scan_plainly(const std::uint32_t* rows, const char* at);

 private:
  // Shifted, so that the product does not depend on a gram's fourth byte. Of a few hundred numbers the one with which
  // the least source text is taken for grams of rules; gram_costs.bin belongs to it.
  static constexpr std::uint32_t multiplier = 0x176C41u << 8;

  const std::uint32_t* rows_;  // bit b: a gram whose fourth byte has low bits b
  std::uint64_t (*scan_block_)(const std::uint32_t* rows, const char* at);

  friend std::uint64_t scan_with_avx2(const std::uint32_t* rows, const char* at);
};

}  // namespace sluice::scan
