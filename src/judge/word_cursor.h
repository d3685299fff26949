#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "judge/characters.h"

namespace sluice::judge {

/// A hash of bytes in lower case, one byte at a time (FNV-1a, 32 bits).
constexpr std::uint32_t hash_start = 2166136261u;
constexpr std::uint32_t hash_byte(std::uint32_t hash, char c) {
  return (hash ^ static_cast<unsigned char>(to_lower(c))) * 16777619u;
}
constexpr std::uint32_t hash_of(std::string_view text, std::uint32_t hash = hash_start) {
  for (const char c : text) hash = hash_byte(hash, c);
  return hash;
}

/// Of a letter the one in lower case, of other bytes 0.
constexpr std::array<char, 256> folded_letters = [] {
  std::array<char, 256> table{};
  for (unsigned c = 'a'; c <= 'z'; ++c) table[c] = table[c - ('a' - 'A')] = static_cast<char>(c);
  return table;
}();

/// Calls `visit(word, hash)` for each run of letters in `text`, split where a capital follows a small
/// letter: `dbPassword_2` has the words `db` and `Password`.
template <class Visit>
void for_each_word(std::string_view text, Visit visit) {
  for (std::size_t i = 0; i < text.size();) {
    char c = folded_letters[static_cast<unsigned char>(text[i])];
    if (c == 0) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    std::uint32_t hash = hash_start;
    bool was_lower = false;
    do {
      const bool is_lower = c == text[i];
      if (was_lower && !is_lower) break;
      was_lower = is_lower;
      hash = hash_byte(hash, c);
      ++i;
    } while (i < text.size() && (c = folded_letters[static_cast<unsigned char>(text[i])]) != 0);
    visit(text.substr(begin, i - begin), hash);
  }
}

}  // namespace sluice::judge
