#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "scan/gram_table.h"

namespace sluice::scan {

/// Bytes that are looked for of a keyword, where the rest can be told later. The longer it is, the more
/// has to be looked at on either side of new bytes.
inline constexpr std::size_t longest_literal = 12;

/// The `size` bytes of `literal` around the four that are rarest in source text; all of it when it has no more.
std::string_view rarest_part(std::string_view literal, std::size_t size);

/// What a Prefilter searches with, worked out of its literals: of each the four bytes (three, where it has no more)
/// that are rarest in source text are its gram. Views of arrays that somebody keeps.
struct PrefilterTables {
  /// What a gram is compared by before anything else; the mask leaves out a fourth byte it has not.
  struct Gram {
    std::uint32_t bytes = 0;
    std::uint32_t mask = 0;

    friend bool operator==(const Gram&, const Gram&) = default;
  };

  /// A literal and where in it its gram begins. Its first eight bytes, or all it has, are compared as one
  /// number: `case_bits` has the bit that tells cases apart where the literal has a letter.
  struct Entry {
    std::uint64_t head = 0;
    std::uint64_t case_bits = 0;
    std::uint64_t head_mask = 0;
    std::uint32_t literal = 0;
    std::uint32_t gram_offset = 0;
    std::uint32_t size = 0;

    friend bool operator==(const Entry&, const Entry&) = default;
  };

  std::span<const std::string_view> literals;
  std::span<const std::uint32_t> rows;         ///< GramTable's
  std::span<const std::uint32_t> first_entry;  ///< [row] -> into entries; one more than there are rows
  std::span<const Gram> grams;                 ///< by row
  std::span<const Entry> entries;              ///< as grams
  std::span<const std::uint32_t> of_three_bytes;
};

/// The arrays of `literals`: at least three bytes each, lower case; they must outlive this, and their text, too.
class PrefilterArrays {
 public:
  PrefilterArrays() = default;
  explicit PrefilterArrays(std::span<const std::string_view> literals);
  PrefilterTables tables() const;

 private:
  std::span<const std::string_view> literals_;
  std::vector<std::uint32_t> rows_;
  std::vector<std::uint32_t> first_entry_;
  std::vector<PrefilterTables::Gram> grams_;
  std::vector<PrefilterTables::Entry> entries_;
  std::vector<std::uint32_t> of_three_bytes_;
};

/// Finds every occurrence of any of a set of lower-case literals, ignoring ASCII case, in one pass.
///
/// The text is searched for the literals' grams, by a table that fits the first-level cache; only where one may
/// stand are literals compared. On text this costs a fraction of an automaton's table walk.
class Prefilter {
 public:
  /// What `tables` view must outlive this. The number of a literal is its place in the list. Literals may be equal,
  /// or contain each other.
  explicit Prefilter(const PrefilterTables& tables) : tables_(tables), grams_(tables.rows) {}

  /// Calls `hit(literal, begin, size)` for each occurrence that lies in text[from, to), in no promised
  /// order.
  template <class Hit>
  void search(std::string_view text, std::size_t from, std::size_t to, Hit hit) const {
    if (tables_.literals.empty()) return;
    const std::size_t end = to - from < gram_size ? from : to - gram_size + 1;  // of a gram's places
    std::size_t at = from;
    for (; at < end && text.size() - at >= GramTable::block_reach; at += GramTable::block_size) {
      std::uint64_t found = grams_.scan(text.data() + at);
      if (end - at < GramTable::block_size) found &= (std::uint64_t{1} << (end - at)) - 1;
      for (; found != 0; found &= found - 1) {
        compare(text, at + static_cast<std::size_t>(std::countr_zero(found)), from, to, hit);
      }
    }
    for (; at < end; ++at) {
      if (grams_.may_hold(GramTable::folded(text.data() + at))) compare(text, at, from, to, hit);
    }
    if (to - end == gram_size - 1) search_last_three(text, end, hit);
  }

 private:
  static constexpr std::size_t gram_size = GramTable::gram_size;

  using Entry = PrefilterTables::Entry;

  static std::uint64_t eight_bytes(const char* at) {
    std::uint64_t bytes;
    std::memcpy(&bytes, at, sizeof bytes);
    return bytes;
  }

  template <class Hit>
  void compare(std::string_view text, std::size_t place, std::size_t from, std::size_t to,
               Hit& hit) const {
    const std::uint32_t gram = GramTable::folded(text.data() + place);
    const std::uint32_t row = GramTable::row_of(gram);
    for (std::uint32_t i = tables_.first_entry[row]; i < tables_.first_entry[row + 1]; ++i) {
      if (((gram ^ tables_.grams[i].bytes) & tables_.grams[i].mask) != 0) continue;
      const Entry& entry = tables_.entries[i];
      if (place - from < entry.gram_offset) continue;
      const std::size_t begin = place - entry.gram_offset;
      if (text.size() - begin >= sizeof entry.head &&
          ((eight_bytes(text.data() + begin) | entry.case_bits) & entry.head_mask) != entry.head) {
        continue;
      }
      const bool is_settled = entry.size <= sizeof entry.head && text.size() - begin >= sizeof entry.head;
      if (is_settled ? begin + entry.size <= to
                     : stands_at(entry.literal, text.substr(begin, to - begin))) {
        hit(entry.literal, begin, tables_.literals[entry.literal].size());
      }
    }
  }

  // The last place, where four bytes do not lie in the part any more.
  template <class Hit>
  void search_last_three(std::string_view text, std::size_t at, Hit& hit) const {
    const bool has_fourth = text.size() - at >= gram_size;
    if (has_fourth && !grams_.may_begin(GramTable::folded(text.data() + at))) return;
    for (const std::uint32_t literal : tables_.of_three_bytes) {
      if (stands_at(literal, text.substr(at, gram_size - 1))) hit(literal, at, gram_size - 1);
    }
  }

  bool stands_at(std::uint32_t literal, std::string_view text) const;

  PrefilterTables tables_;
  GramTable grams_;
};

}  // namespace sluice::scan
