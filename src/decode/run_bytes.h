#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/radix.h"
#include "decode/encoded_run.h"

namespace sluice::decode {

/// Fewer digits in a row are no run.
inline constexpr std::size_t least_run = 24;

/// What a byte of a run, or beside one, may be. Words are what an escaped value is made of.
enum RunByte : std::uint8_t { is_base64 = 1, is_lead = 2, is_hex = 4, is_blank = 8, is_word = 16 };

inline constexpr std::array<std::uint8_t, 256> run_bytes = [] {
  std::array<std::uint8_t, 256> kinds{};
  for (unsigned c = 0; c < 256; ++c) {
    const char byte = static_cast<char>(c);
    if (base::base64_digit(byte) >= 0) kinds[c] |= is_base64;
    if (base::hex_digit(byte) >= 0) kinds[c] |= is_hex;
    if (byte == '%' || byte == '\\' || byte == '&' || byte == '=') kinds[c] |= is_lead;
    if (byte == ' ' || byte == '\t') kinds[c] |= is_blank;
    if (c > ' ' && c < 0x7F && byte != '"' && byte != '\'' && byte != '`' && byte != '<' && byte != '>') kinds[c] |= is_word;
  }
  return kinds;
}();

constexpr bool is(char c, unsigned kind) { return (run_bytes[static_cast<unsigned char>(c)] & kind) != 0; }

/// Behind the digits of `kind` that begin at `at`, of which no more than longest_run are read.
inline std::size_t digits_end(std::string_view text, std::size_t at, unsigned kind) {
  const std::size_t limit = at + std::min(longest_run, text.size() - at);
  while (at < limit && is(text[at], kind)) ++at;
  return at;
}

}  // namespace sluice::decode
