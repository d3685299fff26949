#include "git/oid.h"

#include "base/hash.h"

namespace sluice::git {
namespace {

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string Oid::hex() const {
  return base::to_hex(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

std::optional<Oid> Oid::from_hex(std::string_view hex) {
  if (hex.size() != 2 * size) return std::nullopt;
  Oid oid;
  for (std::size_t i = 0; i < size; ++i) {
    const int high = digit_value(hex[2 * i]);
    const int low = digit_value(hex[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    oid.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return oid;
}

}  // namespace sluice::git
