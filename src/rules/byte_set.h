#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace sluice::rules {

/// A set of bytes and of the edge: the place before a text's first byte and behind its last, which
/// counts as a symbol of its own so that `^`, `$` and `\b` can be treated like bytes.
class ByteSet {
 public:
  static constexpr unsigned edge = 256;
  static constexpr unsigned symbols = 257;
  using Words = std::array<std::uint64_t, 5>;  ///< bit i of word k stands for symbol 64 k + i

  constexpr ByteSet() = default;
  explicit constexpr ByteSet(const Words& words) : words_(words) {}
  constexpr const Words& words() const { return words_; }

  static constexpr ByteSet range(unsigned first, unsigned last) {
    ByteSet set;
    for (unsigned symbol = first; symbol <= last; ++symbol) set.add(symbol);
    return set;
  }
  /// [0-9A-Za-z_], what `\w` stands for.
  static constexpr ByteSet word() {
    ByteSet set = range('0', '9') | range('A', 'Z') | range('a', 'z');
    set.add('_');
    return set;
  }
  static constexpr ByteSet any_byte() { return range(0, 255); }

  constexpr void add(unsigned symbol) { words_[symbol / 64] |= std::uint64_t{1} << symbol % 64; }
  constexpr bool holds(unsigned symbol) const { return words_[symbol / 64] >> symbol % 64 & 1; }
  constexpr bool empty() const { return *this == ByteSet(); }
  constexpr bool is_within(const ByteSet& other) const { return (*this & other) == *this; }

  /// All bytes that are not in this. The edge is in neither.
  constexpr ByteSet complement() const {
    ByteSet set = any_byte();
    for (std::size_t i = 0; i < 4; ++i) set.words_[i] &= ~words_[i];
    return set;
  }

  friend constexpr ByteSet operator|(ByteSet a, const ByteSet& b) {
    for (std::size_t i = 0; i < a.words_.size(); ++i) a.words_[i] |= b.words_[i];
    return a;
  }
  friend constexpr ByteSet operator&(ByteSet a, const ByteSet& b) {
    for (std::size_t i = 0; i < a.words_.size(); ++i) a.words_[i] &= b.words_[i];
    return a;
  }
  friend constexpr bool operator==(const ByteSet&, const ByteSet&) = default;

 private:
  Words words_{};
};

}  // namespace sluice::rules
