#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "rules/byte_set.h"

namespace sluice::rules {

/// A set of positions of one expression, as bits.
class PositionSet {
 public:
  explicit PositionSet(std::size_t positions = 0) : words_((positions + 63) / 64, 0) {}

  void add(std::uint32_t position) { words_[position / 64] |= std::uint64_t{1} << position % 64; }
  bool holds(std::uint32_t position) const { return words_[position / 64] >> position % 64 & 1; }
  bool empty() const;
  bool intersects(const PositionSet& other) const;
  void operator|=(const PositionSet& other);
  void operator&=(const PositionSet& other);

  /// Calls `visit(position)` for each, in ascending order.
  template <class Visit>
  void for_each(Visit visit) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (std::uint64_t word = words_[i]; word != 0; word &= word - 1) {
        visit(static_cast<std::uint32_t>(i * 64 + static_cast<std::size_t>(std::countr_zero(word))));
      }
    }
  }

  const std::vector<std::uint64_t>& words() const { return words_; }
  friend bool operator==(const PositionSet&, const PositionSet&) = default;

 private:
  std::vector<std::uint64_t> words_;
};

/// An expression as its positions: the places in it where one byte is read, and which may come after
/// which (Glushkov, 1961). It allows every match of the expression, and perhaps more: counts are
/// loosened ("36 letters" become "8 letters or more"), and assertions inside of a match are not looked
/// at. Those at its ends are positions of their own, which read the byte before or behind the match.
struct Positions {
  std::vector<ByteSet> sets;          ///< what each position reads
  std::vector<bool> is_outside;       ///< reads the byte before or behind the match
  PositionSet first;                  ///< a match may begin with these
  PositionSet last;                   ///< and end with these
  std::vector<PositionSet> followers;  ///< of each position
  std::vector<PositionSet> preceders;
  bool can_be_empty = false;
  std::size_t shortest = 0;  ///< bytes of the shortest match, counts not loosened

  std::size_t count() const { return sets.size(); }
};

/// The positions of `expression`; nothing when its syntax is not known (parse_syntax) or it has more
/// than 1,500 of them.
std::optional<Positions> positions_of(std::string_view expression);

/// Whether every match of `expression` contains one of the lower-case `keywords`, in any case. False
/// also when that could not be told.
bool always_contains(std::string_view expression, std::span<const std::string_view> keywords);

}  // namespace sluice::rules
