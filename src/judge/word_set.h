#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "judge/word_cursor.h"

namespace sluice::judge {

/// Words by their hashes, which are made when the program is compiled: they are compared with every word
/// around a value.
template <std::size_t Count>
class WordSet {
 public:
  consteval explicit WordSet(const std::string_view (&words)[Count]) {
    for (std::size_t i = 0; i < Count; ++i) {
      hashes_[i] = hash_of(words[i]);
      filter_[hashes_[i] >> 30] |= bit_of(hashes_[i]);
    }
  }

  /// Whether the word with this hash_of() is among them; in lower or upper case.
  constexpr bool holds(std::uint32_t hash) const {
    if ((filter_[hash >> 30] & bit_of(hash)) == 0) return false;
    bool found = false;  // without a branch for each
    for (const std::uint32_t other : hashes_) found |= other == hash;
    return found;
  }

 private:
  static constexpr std::uint64_t bit_of(std::uint32_t hash) { return std::uint64_t{1} << (hash >> 24 & 63); }

  std::array<std::uint32_t, Count> hashes_{};
  std::array<std::uint64_t, 4> filter_{};  // of the eight highest bits of the hashes
};

}  // namespace sluice::judge
