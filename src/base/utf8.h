#pragma once

#include <cstdint>

namespace sluice::base {

/// Appends `code_point`, which is below 2^21, as UTF-8 to `bytes`, a std::string or a vector of char. What is no Unicode
/// scalar value, such as half of a surrogate pair, is written by the same rule.
template <class Bytes>
void append_utf8(Bytes& bytes, std::uint32_t code_point) {
  const auto put = [&bytes](std::uint32_t byte) { bytes.push_back(static_cast<char>(byte)); };
  if (code_point < 0x80) return put(code_point);
  if (code_point < 0x800) {
    put(0xC0 | code_point >> 6);
  } else {
    if (code_point < 0x10000) {
      put(0xE0 | code_point >> 12);
    } else {
      put(0xF0 | (code_point >> 18 & 0x07));
      put(0x80 | (code_point >> 12 & 0x3F));
    }
    put(0x80 | (code_point >> 6 & 0x3F));
  }
  put(0x80 | (code_point & 0x3F));
}

}  // namespace sluice::base
