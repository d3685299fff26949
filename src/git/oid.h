#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::git {

/// The name of a Git object: a raw SHA-1. Repositories with SHA-256 names are refused when opened
/// (libgit2 1.5 cannot read them); `size` is the only constant that would change for them.
struct Oid {
  static constexpr std::size_t size = 20;

  std::array<std::uint8_t, size> bytes{};

  /// Lower-case hexadecimal, 40 digits.
  std::string hex() const;

  /// The name that forty hexadecimal digits (any case) spell, or nothing.
  static std::optional<Oid> from_hex(std::string_view hex);

  /// The name in the first `size` bytes at `raw`, which must hold that many.
  static Oid from_raw(const void* raw) {
    Oid oid;
    std::memcpy(oid.bytes.data(), raw, size);
    return oid;
  }

  /// True for the all-zero name, which stands for "no object".
  bool is_zero() const { return bytes == std::array<std::uint8_t, size>{}; }

  friend auto operator<=>(const Oid&, const Oid&) = default;
};

}  // namespace sluice::git

template <>
struct std::hash<sluice::git::Oid> {
  std::size_t operator()(const sluice::git::Oid& oid) const noexcept {
    std::size_t value;
    std::memcpy(&value, oid.bytes.data(), sizeof value);  // already evenly spread
    return value;
  }
};
