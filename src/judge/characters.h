#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "rules/pattern.h"

namespace sluice::judge {

/// Classes of bytes, as ASCII has them: one look in a table for each question.
enum CharacterClass : std::uint8_t {
  lower = 1,
  upper = 2,
  digit = 4,
  underscore = 8,
  blank = 16,      ///< space and tab
  line_end = 32,
  quote = 64,      ///< ' " and `
  hexadecimal = 128,
};

constexpr std::uint8_t letter = lower | upper;
constexpr std::uint8_t alphanumeric = letter | digit;
constexpr std::uint8_t word = alphanumeric | underscore;

inline constexpr std::array<std::uint8_t, 256> character_classes = [] {
  std::array<std::uint8_t, 256> table{};
  for (unsigned c = 'a'; c <= 'z'; ++c) table[c] |= lower;
  for (unsigned c = 'A'; c <= 'Z'; ++c) table[c] |= upper;
  for (unsigned c = '0'; c <= '9'; ++c) table[c] |= digit | hexadecimal;
  for (unsigned c = 'a'; c <= 'f'; ++c) table[c] |= hexadecimal;
  for (unsigned c = 'A'; c <= 'F'; ++c) table[c] |= hexadecimal;
  table['_'] |= underscore;
  table[' '] |= blank;
  table['\t'] |= blank;
  table['\n'] |= line_end;
  table['\r'] |= line_end;
  table['\''] |= quote;
  table['"'] |= quote;
  table['`'] |= quote;
  return table;
}();

constexpr bool is(char c, unsigned classes) {
  return (character_classes[static_cast<unsigned char>(c)] & classes) != 0;
}

constexpr std::uint8_t not_alphanumeric = 8;  ///< the kind of all other bytes

/// Of each byte, which of the three classes of alphanumerics it has, or that it has none: one bit.
inline constexpr std::array<std::uint8_t, 256> byte_kinds = [] {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const unsigned kind = character_classes[i] & alphanumeric;
    table[i] = static_cast<std::uint8_t>(kind == 0 ? not_alphanumeric : kind);
  }
  return table;
}();

constexpr std::uint8_t byte_kind(char c) { return byte_kinds[static_cast<unsigned char>(c)]; }

inline constexpr std::array<char, 256> small_letters = [] {
  std::array<char, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const char c = static_cast<char>(i);
    table[i] = is(c, upper) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return table;
}();

/// One look in a table: what is hashed has both cases.
constexpr char to_lower(char c) { return small_letters[static_cast<unsigned char>(c)]; }

constexpr std::string_view part(std::string_view text, rules::Span span) {
  return text.substr(span.begin, span.end - span.begin);
}

}  // namespace sluice::judge
