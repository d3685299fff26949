#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::base {

/// The bytes that `text` stands for in base64 (RFC 4648 sections 4 and 5; both alphabets, and even a
/// mixture, are read). Padding may be left out. Nothing for a foreign character or a length that cannot be.
std::optional<std::string> decode_base64(std::string_view text);

/// The same for base32 (RFC 4648 section 6), upper case, without padding; spare bits are dropped.
std::optional<std::string> decode_base32(std::string_view text);

/// The bytes that `text`, an even number of hexadecimal digits, stands for; nothing otherwise.
std::optional<std::string> decode_hex(std::string_view text);

/// `bytes` in base64 with padding.
std::string encode_base64(std::string_view bytes);

/// `bytes` in base64 for URLs, without padding.
std::string encode_base64url(std::string_view bytes);

/// `bytes` in base32, upper case, without padding.
std::string encode_base32(std::string_view bytes);

/// `value` in the digits 0-9A-Za-z, filled with zeros to `width`.
std::string encode_base62(std::uint32_t value, std::size_t width);

/// The value of a hexadecimal digit of either case, or -1.
constexpr int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The value of a base64 character of either alphabet, or -1.
constexpr int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

}  // namespace sluice::base
