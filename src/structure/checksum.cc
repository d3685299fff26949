#include "structure/checksum.h"

#include <zlib.h>

#include <vector>

#include "base/radix.h"

namespace sluice::structure {
namespace {

constexpr std::string_view bech32_alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

std::uint32_t bech32_step(std::uint32_t sum, std::uint32_t value) {
  constexpr std::uint32_t generators[] = {0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3};
  const std::uint32_t top = sum >> 25;
  sum = (sum & 0x1FFFFFF) << 5 ^ value;
  for (unsigned i = 0; i < 5; ++i) {
    if (top >> i & 1) sum ^= generators[i];
  }
  return sum;
}

}  // namespace

std::uint32_t crc32(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      ::crc32_z(0, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
}

std::uint16_t crc16(std::string_view bytes) {
  std::uint32_t sum = 0;
  for (const char c : bytes) {
    sum ^= static_cast<std::uint32_t>(static_cast<unsigned char>(c)) << 8;
    for (int i = 0; i < 8; ++i) sum = (sum & 0x8000) != 0 ? sum << 1 ^ 0x1021 : sum << 1;
  }
  return static_cast<std::uint16_t>(sum);
}

std::uint32_t crc24(std::string_view bytes) {
  std::uint32_t sum = 0xB704CE;
  for (const char c : bytes) {
    sum ^= static_cast<std::uint32_t>(static_cast<unsigned char>(c)) << 16;
    for (int i = 0; i < 8; ++i) {
      sum <<= 1;
      if ((sum & 0x1000000) != 0) sum ^= 0x1864CFB;
    }
  }
  return sum & 0xFFFFFF;
}

std::string little_endian(std::uint32_t value) {
  std::string bytes;
  for (unsigned shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(value >> shift & 0xFF);
  return bytes;
}

std::string base62_checksum(std::string_view body) { return base::encode_base62(crc32(body), 6); }

std::string bech32_checksum(std::string_view prefix, std::string_view data) {
  std::uint32_t sum = 1;
  for (const char c : prefix) sum = bech32_step(sum, static_cast<unsigned char>(c) >> 5);
  sum = bech32_step(sum, 0);
  for (const char c : prefix) sum = bech32_step(sum, static_cast<unsigned char>(c) & 31);
  for (const char value : data) sum = bech32_step(sum, static_cast<unsigned char>(value));
  for (int i = 0; i < 6; ++i) sum = bech32_step(sum, 0);
  sum ^= 1;
  std::string text;
  for (unsigned i = 0; i < 6; ++i) text += bech32_alphabet[sum >> (5 * (5 - i)) & 31];
  return text;
}

bool has_luhn_digit(std::string_view digits) {
  unsigned sum = 0;
  bool doubled = false;
  for (std::size_t i = digits.size(); i-- > 0; doubled = !doubled) {
    if (digits[i] < '0' || digits[i] > '9') return false;
    const unsigned value = static_cast<unsigned>(digits[i] - '0') * (doubled ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return !digits.empty() && sum % 10 == 0;
}

}  // namespace sluice::structure
