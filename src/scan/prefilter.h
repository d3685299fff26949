#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::scan {

/// Finds every occurrence of any of a set of lower-case literals, ignoring ASCII case, in one pass.
///
/// Of each literal the four bytes (three, where it has no more) that are rarest in source code are its
/// gram. The text is searched for grams: the first three bytes of each place are hashed to a row of a
/// table that fits the first-level cache, and the row tells which fourth bytes are worth a look. Only
/// there are literals compared. On text this costs a fraction of an automaton's table walk, and it needs
/// nothing but 32-bit arithmetic, so that it is as good on arm64.
class Prefilter {
 public:
  /// `literals`: at least three bytes each, lower case; they are copied. The number of a literal is its
  /// place in the list. Literals may be equal, or contain each other.
  explicit Prefilter(const std::vector<std::string_view>& literals);

  /// Calls `hit(literal, begin, size)` for each occurrence that lies in text[from, to), in no promised
  /// order.
  template <class Hit>
  void search(std::string_view text, std::size_t from, std::size_t to, Hit hit) const {
    if (literals_.empty() || to - from < gram_size) {
      return search_end(text, from, from, to, hit);
    }
    const char* const start = text.data();
    const std::size_t last = to - gram_size;
    std::size_t at = from;
    for (; at + block <= last + 1; at += block) {
      std::uint32_t found = 0;
      for (unsigned i = 0; i < block; ++i) found |= is_promising(start + at + i) << i;
      for (; found != 0; found &= found - 1) {
        const std::size_t place = at + static_cast<std::size_t>(std::countr_zero(found));
        compare(text, place, from, to, hit);
      }
    }
    search_end(text, at, from, to, hit);
  }

 private:
  static constexpr std::size_t gram_size = 4;
  static constexpr std::size_t block = 16;
  static constexpr unsigned row_bits = 14;

  // A literal and where in it its gram begins; `head` is its first bytes, folded, for a quick look.
  struct Entry {
    std::uint32_t literal;
    std::uint32_t gram_offset;
    std::uint32_t head;
    std::uint32_t head_mask;
  };

  // Setting the bit that tells the cases of letters apart makes some other bytes equal, too: what
  // passes here is compared again.
  static std::uint32_t folded(const char* at) {
    std::uint32_t bytes;
    std::memcpy(&bytes, at, sizeof bytes);
    if constexpr (std::endian::native == std::endian::big) bytes = byte_swapped(bytes);
    return bytes | 0x20202020u;
  }
  static constexpr std::uint32_t byte_swapped(std::uint32_t value) {
    return value >> 24 | (value >> 8 & 0xFF00) | (value << 8 & 0xFF0000) | value << 24;
  }
  static std::uint32_t row_of(std::uint32_t gram) { return (gram << 8) * 0x9E3779B1u >> (32 - row_bits); }

  std::uint32_t is_promising(const char* at) const {
    const std::uint32_t gram = folded(at);
    return fourth_bytes_[row_of(gram)] >> (gram >> 24 & 7) & 1u;
  }

  template <class Hit>
  void compare(std::string_view text, std::size_t place, std::size_t from, std::size_t to,
               Hit& hit) const {
    const std::uint32_t row = row_of(folded(text.data() + place));
    for (std::uint32_t i = first_entry_[row]; i < first_entry_[row + 1]; ++i) {
      const Entry& entry = entries_[i];
      if (place - from < entry.gram_offset) continue;
      const std::size_t begin = place - entry.gram_offset;
      // Four bytes from there on exist: the gram's do.
      if ((folded(text.data() + begin) & entry.head_mask) != entry.head) continue;
      if (stands_at(entry.literal, text.substr(begin, to - begin))) hit(entry.literal, begin, literals_[entry.literal].size());
    }
  }

  // The last places, where four bytes cannot be loaded any more.
  template <class Hit>
  void search_end(std::string_view text, std::size_t at, std::size_t from, std::size_t to,
                  Hit& hit) const {
    for (; at + gram_size <= to; ++at) {
      if (is_promising(text.data() + at) != 0) compare(text, at, from, to, hit);
    }
    if (to - at != gram_size - 1) return;
    for (const std::uint32_t literal : of_three_bytes_) {
      if (stands_at(literal, text.substr(at, gram_size - 1))) hit(literal, at, literals_[literal].size());
    }
  }

  bool stands_at(std::uint32_t literal, std::string_view text) const;

  std::vector<std::string> literals_;
  std::vector<std::uint8_t> fourth_bytes_;  // [row] -> bit b: a gram's fourth byte has low bits b
  std::vector<std::uint32_t> first_entry_;  // [row] -> into entries_; one more than there are rows
  std::vector<Entry> entries_;              // by row
  std::vector<std::uint32_t> of_three_bytes_;
};

}  // namespace sluice::scan
