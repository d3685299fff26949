#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/byte_block.h"
#include "judge/characters.h"

namespace sluice::judge {

/// A hash of bytes in lower case, one byte at a time (FNV-1a, 32 bits).
constexpr std::uint32_t hash_start = 2166136261u;
constexpr std::uint32_t hash_prime = 16777619u;
constexpr std::uint32_t hash_byte(std::uint32_t hash, char c) {
  return (hash ^ static_cast<unsigned char>(to_lower(c))) * hash_prime;
}
constexpr std::uint32_t hash_of(std::string_view text, std::uint32_t hash = hash_start) {
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 4; left -= 4, at += 4) hash = hash_byte(hash_byte(hash_byte(hash_byte(hash, at[0]), at[1]), at[2]), at[3]);
  for (; left > 0; --left) hash = hash_byte(hash, *at++);
  return hash;
}

/// Where the words of up to 64 bytes begin, and which of them are letters; bit i tells about byte i.
struct WordBlock {
  std::uint64_t letters = 0;
  std::uint64_t starts = 0;

  explicit WordBlock(std::string_view text) {
    char padded[base::ByteBlock::size] = {};
    const char* at = text.data();
    if (text.size() < sizeof padded) {
      std::copy(text.begin(), text.end(), padded);
      at = padded;
    }
    const base::ByteBlock block(at);
    letters = block.folded().between('a', 'z').bits();
    const std::uint64_t capitals = block.between('A', 'Z').bits();
    starts = letters & (~(letters << 1) | (capitals & (letters & ~capitals) << 1));
  }

  /// Where the word that begins at `start` ends; 64 when it does not end here.
  std::size_t end_of(std::size_t start) const {
    return static_cast<std::size_t>(std::countr_zero((~letters | starts) & ~std::uint64_t{1} << start));
  }
};

/// The size of the word that `text` begins with.
constexpr std::size_t size_of_word(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size() && is(text[size], letter) && (size == 0 || !is(text[size], upper) || !is(text[size - 1], lower))) ++size;
  return size;
}

/// Calls `visit(word)` for each run of letters in `text`, split where a capital follows a small
/// letter: `dbPassword_2` has the words `db` and `Password`.
template <class Visit>
void for_each_word(std::string_view text, Visit visit) {
  const auto goes_on = [&](std::size_t at) {
    return at < text.size() && is(text[at], letter) && !(is(text[at], upper) && is(text[at - 1], lower));
  };
  for (std::size_t at = 0; at < text.size();) {
    const WordBlock block(text.substr(at, base::ByteBlock::size));
    std::size_t next = at + base::ByteBlock::size;
    for (std::uint64_t starts = block.starts; starts != 0; starts &= starts - 1) {
      const auto begin = at + static_cast<std::size_t>(std::countr_zero(starts));
      std::size_t end = at + block.end_of(begin - at);
      if (end == next && goes_on(end)) {
        if (begin > at) {  // seen whole from its beginning
          next = begin;
          break;
        }
        while (goes_on(end)) ++end;
        next = end;
      }
      visit(text.substr(begin, end - begin));
    }
    at = next;
  }
}

}  // namespace sluice::judge
