#include "decode/escapes.h"

#include "base/radix.h"

namespace sluice::decode {
namespace {

using base::hex_digit;

struct Named {
  std::string_view name;
  std::uint32_t code_point;
};

constexpr Named html_names[] = {{"quot;", '"'}, {"amp;", '&'}, {"apos;", '\''}, {"lt;", '<'}, {"gt;", '>'}};

// The value of `digits` digits at `at`, or nothing.
std::optional<std::uint32_t> hex_number(std::string_view text, std::size_t at, std::size_t digits) {
  if (text.size() < at + digits) return std::nullopt;
  std::uint32_t value = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    const int digit = hex_digit(text[i]);
    if (digit < 0) return std::nullopt;
    value = value << 4 | static_cast<std::uint32_t>(digit);
  }
  return value;
}

std::optional<Escape> hex_escape(std::string_view text, std::size_t at, std::size_t lead, std::size_t digits) {
  const auto value = hex_number(text, at + lead, digits);
  if (!value) return std::nullopt;
  return Escape{lead + digits, *value, false};
}

std::optional<Escape> html_escape(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at + 1, 9);
  for (const Named& named : html_names) {
    if (rest.substr(0, named.name.size()) == named.name) {
      return Escape{1 + named.name.size(), named.code_point, false};
    }
  }
  if (rest.size() < 3 || rest[0] != '#') return std::nullopt;
  const bool is_hex = rest[1] == 'x' || rest[1] == 'X';
  std::uint32_t value = 0;
  for (std::size_t i = is_hex ? 2 : 1; i < rest.size(); ++i) {
    if (rest[i] == ';' && i > (is_hex ? 2u : 1u)) return Escape{2 + i, value, false};
    const int digit = hex_digit(rest[i]);
    if (digit < 0 || (!is_hex && digit > 9)) return std::nullopt;
    value = value * (is_hex ? 16 : 10) + static_cast<std::uint32_t>(digit);
  }
  return std::nullopt;
}

std::optional<Escape> backslash_escape(std::string_view text, std::size_t at) {
  if (text.size() < at + 2) return std::nullopt;
  if (text[at + 1] == 'u') return hex_escape(text, at, 2, 4);
  if (text[at + 1] == 'x') return hex_escape(text, at, 2, 2);
  return std::nullopt;
}

std::optional<Escape> quoted_printable_escape(std::string_view text, std::size_t at) {
  if (text.size() < at + 2) return std::nullopt;
  if (text[at + 1] == '\n') return Escape{2, 0, true};
  if (text.substr(at + 1, 2) == "\r\n") return Escape{3, 0, true};
  return hex_escape(text, at, 1, 2);
}

}  // namespace

std::optional<Escape> escape_at(std::string_view text, std::size_t at, Encoding encoding) {
  if (at >= text.size() || text[at] != lead_of(encoding)) return std::nullopt;
  switch (encoding) {
    case Encoding::percent: return hex_escape(text, at, 1, 2);
    case Encoding::unicode_escape: return backslash_escape(text, at);
    case Encoding::html_escape: return html_escape(text, at);
    case Encoding::quoted_printable: return quoted_printable_escape(text, at);
    case Encoding::base64:
    case Encoding::hex: break;
  }
  return std::nullopt;
}

char lead_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::percent: return '%';
    case Encoding::unicode_escape: return '\\';
    case Encoding::html_escape: return '&';
    case Encoding::quoted_printable: return '=';
    case Encoding::base64:
    case Encoding::hex: break;
  }
  return '\0';
}

}  // namespace sluice::decode
