#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "judge/byte_window.h"
#include "judge/characters.h"
#include "judge/word_cursor.h"
#include "rules/pattern.h"

namespace sluice::judge {

/// What a byte of a value is, as bits: its byte_kind(), one of the first four, and more.
enum Trait : std::uint32_t {
  is_lower = lower,
  is_upper = upper,
  is_digit = digit,
  is_other = not_alphanumeric,
  is_vowel = 16,
  in_hex = 32,
  in_base64 = 64,
  in_word = 128,
  in_dotted = 256,
  is_foreign = 512,
  is_percent = 1024,
  is_colon = 2048,
  is_odd = 4096,  ///< no sign of a token, nor `%`
};

/// How classes of bytes follow one another in a value.
struct Runs {
  int changes = 0;   ///< bytes of another class than the one before
  int humps = 0;     ///< capitals behind a small letter
  int counting = 0;  ///< bytes that differ by one at most from the one before
  int digits = 0;    ///< in a row, at most
  int letters = 0;
  int same = 0;

  bool operator==(const Runs&) const = default;
};

/// Byte by byte: for long values, and the measure of ValueBytes::runs.
Runs runs_simply(std::string_view value);

/// The bytes of a value, read once for all who ask.
class ValueBytes {
 public:
  static constexpr std::size_t most = 512;  ///< bytes that are looked at

  /// `value` is not empty, and lies in `text`.
  ValueBytes(std::string_view text, rules::Span value);
  ValueBytes(const ValueBytes&) = delete;
  ValueBytes& operator=(const ValueBytes&) = delete;

  /// The first `most` of them.
  std::string_view bytes() const { return bytes_; }

  /// The first 64 of them, and what stands behind or zeros: 72 bytes that can be read. Those of valid() are its own.
  const char* begin_of_block() const { return at_; }
  std::uint64_t valid() const { return valid_; }

  /// Whether the bits below tell of all of them.
  bool is_short() const { return bytes_.size() <= base::ByteBlock::size; }

  unsigned all() const { return all_; }  ///< traits that each has
  unsigned any() const { return any_; }  ///< traits that one has, or more
  std::size_t lowers() const { return added_ & 0xFFFF; }
  std::size_t uppers() const { return added_ >> 16 & 0xFFFF; }
  std::size_t digits() const { return added_ >> 32 & 0xFFFF; }
  std::size_t vowels() const { return added_ >> 48; }
  std::size_t distinct() const { return distinct_; }
  std::size_t times(char c) const { return times_[static_cast<unsigned char>(c)]; }

  /// Shannon's entropy, in bits a byte.
  float entropy() const;

  /// log2 of their number.
  float log2_of_size() const;

  Runs runs() const;

  /// Of the first 64, those that are `c`.
  std::uint64_t equal(char c) const { return block().equal(c).bits() & valid_; }

  /// Likewise in any case; `small` is no capital.
  std::uint64_t equal_in_any_case(char small) const { return block().folded().equal(small).bits() & valid_; }

  /// Of the first 64, those that are the same `period` later; 1 to 8.
  std::uint64_t same_later(std::size_t period) const {
    return block().equal(base::ByteBlock(at_ + period)).bits() & valid_ >> period;
  }

  /// How many those are for the period for which they are most, of those that fit in twice.
  int most_same_later() const;

  /// What that does on any processor: the measure of the others.
  int most_same_later_plainly() const;

  std::uint64_t alphanumerics() const { return letters_ | digit_bits_; }

  /// Of the first 64, those of another class than the one before, or other signs: bytes that are no alphanumerics are a
  /// class each. A zero that they begin with is none.
  std::uint64_t class_starts() const;

  /// Calls `visit(word)` for each word (for_each_word) of the first 64 bytes.
  template <class Visit>
  void for_each_word_of_start(Visit visit) const {
    const std::uint64_t starts = letters_ & (~(letters_ << 1) | (capitals_ & (letters_ & ~capitals_) << 1));
    for (std::uint64_t left = starts; left != 0; left &= left - 1) {
      const auto begin = static_cast<std::size_t>(std::countr_zero(left));
      const std::uint64_t ends = (~letters_ | starts) & ~std::uint64_t{1} << begin;
      visit(bytes_.substr(begin, static_cast<std::size_t>(std::countr_zero(ends)) - begin));
    }
  }

  template <class Visit>
  void for_each_word(Visit visit) const {
    is_short() ? for_each_word_of_start(visit) : judge::for_each_word(bytes_, visit);
  }

 private:
  static constexpr std::size_t longest_period = 8;

  base::ByteBlock block() const { return base::ByteBlock(at_); }

  void count();
  std::size_t periods() const { return std::min(longest_period, std::min(bytes_.size(), base::ByteBlock::size) / 2); }

  std::string_view bytes_;
  const char* at_;  // a block, and as many bytes as the longest period; in padded_ when the text has fewer
  std::uint64_t valid_;
  std::uint64_t letters_;
  std::uint64_t capitals_;
  std::uint64_t digit_bits_;
  std::uint64_t added_;  // four counts of 16 bits
  unsigned all_;
  unsigned any_;
  float times_log2_;  // the sum over all bytes
  std::size_t distinct_;
  std::array<std::uint16_t, 256> times_;
  std::array<char, base::ByteBlock::size + longest_period> padded_;
};

}  // namespace sluice::judge
