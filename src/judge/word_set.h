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
      filter_ |= std::uint64_t{1} << (hashes_[i] >> 26);
    }
  }

  /// Whether the word with this hash_of() is among them; in lower or upper case.
  constexpr bool holds(std::uint32_t hash) const {
    if ((filter_ >> (hash >> 26) & 1) == 0) return false;
    bool found = false;  // without a branch for each
    for (const std::uint32_t other : hashes_) found |= other == hash;
    return found;
  }

 private:
  std::array<std::uint32_t, Count> hashes_{};
  std::uint64_t filter_ = 0;  // of the six highest bits of the hashes
};

}  // namespace sluice::judge
