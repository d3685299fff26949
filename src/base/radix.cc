#include "base/radix.h"

namespace sluice::base {
namespace {

constexpr std::string_view base64_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view base64url_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view base32_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view base62_alphabet =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

constexpr int base32_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= '2' && c <= '7') return c - '2' + 26;
  return -1;
}

// Digits of `bits` bits each, joined; what is left over at the end is dropped.
template <class Digit>
std::optional<std::string> join_digits(std::string_view text, unsigned bits, Digit digit) {
  std::string bytes;
  bytes.reserve(text.size() * bits / 8);
  std::uint32_t held = 0;
  unsigned count = 0;
  for (const char c : text) {
    const int value = digit(c);
    if (value < 0) return std::nullopt;
    held = held << bits | static_cast<std::uint32_t>(value);
    count += bits;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(held >> count & 0xFF);
  }
  return bytes;
}

std::string split_digits(std::string_view bytes, unsigned bits, std::string_view alphabet) {
  std::string text;
  std::uint32_t held = 0;
  unsigned count = 0;
  const std::uint32_t mask = (1u << bits) - 1;
  for (const char c : bytes) {
    held = held << 8 | static_cast<unsigned char>(c);
    count += 8;
    for (; count >= bits; count -= bits) text += alphabet[held >> (count - bits) & mask];
  }
  if (count > 0) text += alphabet[held << (bits - count) & mask];
  return text;
}

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
  std::size_t padding = 0;
  while (!text.empty() && text.back() == '=' && padding < 2) {
    text.remove_suffix(1);
    ++padding;
  }
  if (text.size() % 4 == 1) return std::nullopt;
  return join_digits(text, 6, base64_digit);
}

std::optional<std::string> decode_base32(std::string_view text) {
  return join_digits(text, 5, base32_digit);
}

std::optional<std::string> decode_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  return join_digits(text, 4, hex_digit);
}

std::string encode_base64(std::string_view bytes) {
  std::string text = split_digits(bytes, 6, base64_alphabet);
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

std::string encode_base64url(std::string_view bytes) {
  return split_digits(bytes, 6, base64url_alphabet);
}

std::string encode_base32(std::string_view bytes) { return split_digits(bytes, 5, base32_alphabet); }

std::string encode_base62(std::uint32_t value, std::size_t width) {
  std::string text;
  for (; value > 0 || text.size() < width; value /= 62) text.insert(text.begin(), base62_alphabet[value % 62]);
  return text;
}

}  // namespace sluice::base
