#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::structure {

/// CRC-32 as in zlib and PNG (ISO 3309).
std::uint32_t crc32(std::string_view bytes);

/// CRC-16/XMODEM: polynomial 0x1021, starts with 0.
std::uint16_t crc16(std::string_view bytes);

/// CRC-24 of OpenPGP armour (RFC 9580 section 6.1.1).
std::uint32_t crc24(std::string_view bytes);

/// The four bytes of `value`, the least significant first.
std::string little_endian(std::uint32_t value);

/// The checksum of the first `body` characters of a token such as GitHub's and npm's: six digits of base62.
std::string base62_checksum(std::string_view body);

/// Six Bech32 characters, lower case, that close `data` (values 0 to 31) after `prefix` (BIP 173).
std::string bech32_checksum(std::string_view prefix, std::string_view data);

/// Luhn's check digit (ISO/IEC 7812-1): whether the last of `digits` fits the others.
bool has_luhn_digit(std::string_view digits);

}  // namespace sluice::structure
