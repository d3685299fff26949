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

#include "pack/name_order.h"

namespace sluice::pack {

/// How a repository names its objects (extensions.objectFormat; sha1 where it is not set).
enum class HashAlgorithm : std::uint8_t { sha1, sha256 };

/// Bytes in a name: 20 or 32.
constexpr std::size_t name_size(HashAlgorithm algorithm) {
  return algorithm == HashAlgorithm::sha1 ? 20 : 32;
}

enum class ObjectKind : std::uint8_t { commit = 1, tree = 2, blob = 3, tag = 4 };

/// "commit", "tree", "blob" or "tag".
std::string_view to_string(ObjectKind kind);

/// The name of an object. Names of different algorithms are never equal.
struct ObjectId {
  std::array<std::uint8_t, 32> bytes{};  ///< those beyond the name's size are zero
  HashAlgorithm algorithm = HashAlgorithm::sha1;

  /// The name's own bytes, 20 or 32. Valid as long as this.
  std::string_view raw() const {
    return {reinterpret_cast<const char*>(bytes.data()), name_size(algorithm)};
  }

  /// True for the all-zero name, which stands for "no object".
  bool is_zero() const { return bytes == std::array<std::uint8_t, 32>{}; }

  /// Lower-case hexadecimal.
  std::string hex() const;

  /// The name that exactly 40 or 64 hexadecimal digits (any case) spell, or nothing.
  static std::optional<ObjectId> from_hex(HashAlgorithm algorithm, std::string_view hex);

  /// As above, the algorithm being told by the number of digits.
  static std::optional<ObjectId> from_hex(std::string_view hex) {
    return from_hex(hex.size() == 64 ? HashAlgorithm::sha256 : HashAlgorithm::sha1, hex);
  }

  /// The name at `raw`, where name_size(algorithm) bytes must be.
  static ObjectId from_raw(HashAlgorithm algorithm, const char* raw) {
    ObjectId id;
    id.algorithm = algorithm;
    std::memcpy(id.bytes.data(), raw, name_size(algorithm));
    return id;
  }

  friend bool operator==(const ObjectId&, const ObjectId&) = default;

  /// By their bytes.
  friend std::strong_ordering operator<=>(const ObjectId& a, const ObjectId& b) {
    const auto start = [](const ObjectId& id) { return reinterpret_cast<const char*>(id.bytes.data()); };
    if (const auto order = compare_names(start(a), start(b), a.bytes.size()); order != 0) return order;
    return a.algorithm <=> b.algorithm;
  }
};

/// The name Git gives an object: the hash of "<kind> <size>", a zero byte and the content.
ObjectId hash_object(HashAlgorithm algorithm, ObjectKind kind, std::string_view content);

/// The hash of `bytes` alone, as the trailers of pack files hold it.
ObjectId hash_bytes(HashAlgorithm algorithm, std::string_view bytes);

}  // namespace sluice::pack

template <>
struct std::hash<sluice::pack::ObjectId> {
  std::size_t operator()(const sluice::pack::ObjectId& id) const noexcept {
    std::size_t value;
    std::memcpy(&value, id.bytes.data(), sizeof value);  // already evenly spread
    return value;
  }
};
