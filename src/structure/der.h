#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sluice::structure {

/// One element of DER (X.690): its tag byte and the bytes of its content, borrowed.
struct DerElement {
  std::uint8_t tag = 0;
  std::string_view content;
};

inline constexpr std::uint8_t der_integer = 0x02;
inline constexpr std::uint8_t der_bit_string = 0x03;
inline constexpr std::uint8_t der_octet_string = 0x04;
inline constexpr std::uint8_t der_oid = 0x06;
inline constexpr std::uint8_t der_sequence = 0x30;

/// Reads the elements of one level, one after the other. Lengths are held against the bytes that are there;
/// BER's lengths without an end are read as all that is left.
class DerReader {
 public:
  explicit DerReader(std::string_view bytes) : rest_(bytes) {}

  /// The next element, or nothing at the end or where the bytes are no DER (is_broken()).
  std::optional<DerElement> next();
  /// The next element's content when its tag is `tag`, or nothing.
  std::optional<std::string_view> next(std::uint8_t tag);

  bool is_broken() const { return is_broken_; }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
  bool is_broken_ = false;
};

/// How many bits the number of a DER INTEGER's content has; 0 for none or a negative one.
std::size_t der_bits(std::string_view integer);

}  // namespace sluice::structure
