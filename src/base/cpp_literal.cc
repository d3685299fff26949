#include "base/cpp_literal.h"

#include <fmt/format.h>

namespace sluice::base {

// Octal escapes: they end after three digits, so the next character never joins them.
std::string cpp_literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte >= 0x7F || c == '"' || c == '\\' || c == '?') {
      out += fmt::format("\\{:03o}", byte);
    } else {
      out += c;
    }
  }
  return out + "\"sv";
}

}  // namespace sluice::base
