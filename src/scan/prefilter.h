#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "scan/gram_table.h"

namespace sluice::scan {

/// Bytes that are looked for of a keyword, where the rest can be told later. The longer it is, the more
/// has to be looked at on either side of new bytes.
inline constexpr std::size_t longest_literal = 12;

/// The `size` bytes of `literal` around the four that are rarest in source text; all of it when it has no more.
std::string_view rarest_part(std::string_view literal, std::size_t size);

/// Finds every occurrence of any of a set of lower-case literals, ignoring ASCII case, in one pass.
///
/// Of each literal the four bytes (three, where it has no more) that are rarest in source text are its
/// gram. The text is searched for grams, by a table that fits the first-level cache; only where one may
/// stand are literals compared. On text this costs a fraction of an automaton's table walk.
class Prefilter {
 public:
  /// `literals`: at least three bytes each, lower case; their text must outlive this. The number of a
  /// literal is its place in the list. Literals may be equal, or contain each other.
  explicit Prefilter(const std::vector<std::string_view>& literals);

  /// Calls `hit(literal, begin, size)` for each occurrence that lies in text[from, to), in no promised
  /// order.
  template <class Hit>
  void search(std::string_view text, std::size_t from, std::size_t to, Hit hit) const {
    if (literals_.empty()) return;
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

  // What an entry's gram is compared by before anything else; the mask leaves out a fourth byte it has not.
  struct EntryGram {
    std::uint32_t bytes;
    std::uint32_t mask;
  };

  // A literal and where in it its gram begins. Its first eight bytes, or all it has, are compared as one
  // number: `case_bits` has the bit that tells cases apart where the literal has a letter.
  struct Entry {
    std::uint64_t head;
    std::uint64_t case_bits;
    std::uint64_t head_mask;
    std::uint32_t literal;
    std::uint32_t gram_offset;
    std::uint32_t size;
  };

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
    for (std::uint32_t i = first_entry_[row]; i < first_entry_[row + 1]; ++i) {
      if (((gram ^ entry_grams_[i].bytes) & entry_grams_[i].mask) != 0) continue;
      const Entry& entry = entries_[i];
      if (place - from < entry.gram_offset) continue;
      const std::size_t begin = place - entry.gram_offset;
      if (text.size() - begin >= sizeof entry.head &&
          ((eight_bytes(text.data() + begin) | entry.case_bits) & entry.head_mask) != entry.head) {
        continue;
      }
      const bool is_settled = entry.size <= sizeof entry.head && text.size() - begin >= sizeof entry.head;
      if (is_settled ? begin + entry.size <= to
                     : stands_at(entry.literal, text.substr(begin, to - begin))) {
        hit(entry.literal, begin, literals_[entry.literal].size());
      }
    }
  }

  // The last place, where four bytes do not lie in the part any more.
  template <class Hit>
  void search_last_three(std::string_view text, std::size_t at, Hit& hit) const {
    const bool has_fourth = text.size() - at >= gram_size;
    if (has_fourth && !grams_.may_begin(GramTable::folded(text.data() + at))) return;
    for (const std::uint32_t literal : of_three_bytes_) {
      if (stands_at(literal, text.substr(at, gram_size - 1))) hit(literal, at, gram_size - 1);
    }
  }

  Entry entry_of(std::uint32_t literal, std::uint32_t gram_offset) const;
  bool stands_at(std::uint32_t literal, std::string_view text) const;

  std::vector<std::string_view> literals_;
  GramTable grams_;
  std::vector<std::uint32_t> first_entry_;  // [row] -> into entries_; one more than there are rows
  std::vector<EntryGram> entry_grams_;      // by row
  std::vector<Entry> entries_;              // as entry_grams_
  std::vector<std::uint32_t> of_three_bytes_;
};

}  // namespace sluice::scan
