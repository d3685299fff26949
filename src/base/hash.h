#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::base {

using Sha256 = std::array<std::uint8_t, 32>;

/// SHA-256 (FIPS 180-4) of `bytes`.
Sha256 sha256(std::string_view bytes);

/// HMAC-SHA-256 (RFC 2104) of `bytes` under `key`.
Sha256 hmac_sha256(std::string_view key, std::string_view bytes);

/// Lower-case hexadecimal of the first `count` bytes of `bytes`.
std::string to_hex(std::string_view bytes);
std::string to_hex(const Sha256& digest, std::size_t count = 32);

}  // namespace sluice::base
