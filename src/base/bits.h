#pragma once

#include <cstddef>
#include <cstdint>

namespace sluice::base {

/// The first `count` bits, of which there are 64.
constexpr std::uint64_t first_bits(std::size_t count) {
  return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

/// How many bits are set; std::popcount is slow on processors as old as those that are built for.
constexpr int bit_count(std::uint64_t bits) {
  bits -= bits >> 1 & 0x5555555555555555u;
  bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
  bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
  return static_cast<int>(bits * 0x0101010101010101u >> 56);
}

}  // namespace sluice::base
