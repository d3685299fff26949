#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include "pack/big_endian.h"

namespace sluice::pack {

/// The order of two raw names of `size` bytes, at least eight. They nearly always differ in the first eight.
inline std::strong_ordering compare_names(const char* a, const char* b, std::size_t size) {
  if (const auto first = read_be64(a) <=> read_be64(b); first != 0) return first;
  return std::memcmp(a, b, size) <=> 0;
}

/// The position from `low` to before `high` at which `name_at` gives the bytes of `wanted`; names rise.
template <class NameAt>
std::optional<std::uint32_t> find_name(std::uint32_t low, std::uint32_t high, std::string_view wanted, const NameAt& name_at) {
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    const auto order = compare_names(name_at(middle), wanted.data(), wanted.size());
    if (order == 0) return middle;
    if (order < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return std::nullopt;
}

}  // namespace sluice::pack
