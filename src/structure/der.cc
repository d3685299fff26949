#include "structure/der.h"

#include <bit>

namespace sluice::structure {

std::optional<DerElement> DerReader::next() {
  if (rest_.empty() || is_broken_) return std::nullopt;
  is_broken_ = true;
  const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(rest_[at]); };
  const std::uint8_t tag = byte(0);
  // Tags of several bytes occur in no key.
  if (rest_.size() < 2 || (tag & 0x1F) == 0x1F) return std::nullopt;
  std::size_t size = byte(1);
  std::size_t header = 2;
  if (size == 0x80 && (tag & 0x20) != 0) {
    size = rest_.size() - header;
  } else if (size >= 0x80) {
    const std::size_t digits = size & 0x7F;
    if (digits == 0 || digits > 4 || rest_.size() < header + digits) return std::nullopt;
    size = 0;
    for (std::size_t i = 0; i < digits; ++i) size = size << 8 | byte(header + i);
    header += digits;
  }
  if (size > rest_.size() - header) return std::nullopt;
  is_broken_ = false;
  const DerElement element{tag, rest_.substr(header, size)};
  rest_.remove_prefix(header + size);
  return element;
}

std::optional<std::string_view> DerReader::next(std::uint8_t tag) {
  const auto element = next();
  if (!element || element->tag != tag) return std::nullopt;
  return element->content;
}

std::size_t der_bits(std::string_view integer) {
  while (!integer.empty() && integer.front() == 0) integer.remove_prefix(1);
  if (integer.empty()) return 0;
  return 8 * (integer.size() - 1) + std::bit_width(static_cast<std::uint8_t>(integer.front()));
}

}  // namespace sluice::structure
