#pragma once

#include <cstdint>

namespace sluice::pack {

/// The unsigned number in the four bytes at `at`, most significant first; all numbers in Git's
/// files of fixed width are written so.
inline std::uint32_t read_be32(const char* at) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(at);
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
         std::uint32_t{bytes[2]} << 8 | std::uint32_t{bytes[3]};
}

/// As read_be32, for eight bytes.
inline std::uint64_t read_be64(const char* at) {
  return std::uint64_t{read_be32(at)} << 32 | read_be32(at + 4);
}

}  // namespace sluice::pack
