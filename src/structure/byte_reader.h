#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sluice::structure {

/// Reads big-endian fields of borrowed bytes, one after the other. What is not there gives nothing.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  std::optional<std::string_view> take(std::size_t size) {
    if (size > rest_.size()) return std::nullopt;
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::optional<std::uint32_t> big(std::size_t size) {
    const auto bytes = take(size);
    if (!bytes) return std::nullopt;
    std::uint32_t value = 0;
    for (const char c : *bytes) value = value << 8 | static_cast<unsigned char>(c);
    return value;
  }
  std::optional<std::uint32_t> big8() { return big(1); }
  std::optional<std::uint32_t> big16() { return big(2); }
  std::optional<std::uint32_t> big32() { return big(4); }

  /// Bytes behind their own length.
  std::optional<std::string_view> block16() { return block(big16()); }
  std::optional<std::string_view> block32() { return block(big32()); }

  bool is_empty() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

 private:
  std::optional<std::string_view> block(std::optional<std::uint32_t> size) {
    return size ? take(*size) : std::nullopt;
  }

  std::string_view rest_;
};

}  // namespace sluice::structure
