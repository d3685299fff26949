#include "config/plain_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/text.h"
#include "config/mask.h"
#include "config/values.h"
#include "document/scalar.h"

namespace sluice::config {
namespace {

using document::Kind;
using document::Node;
using document::ScalarType;

bool is_true(std::string_view text) {
  const std::string lower = base::to_lower(text);
  return lower == "true" || lower == "yes" || lower == "on";
}

std::optional<std::uint64_t> in_base(std::string_view digits, int base) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.begin(), digits.end(), value, base);
  if (error != std::errc() || end != digits.end()) return std::nullopt;
  return value;
}

// The parts of `1:30:00`, each worth sixty of the next.
std::optional<std::uint64_t> sexagesimal(std::string_view text) {
  std::uint64_t value = 0;
  for (const std::string_view part : base::split(text, ':')) {
    const auto number = in_base(part, 10);
    if (!number) return std::nullopt;
    value = value * 60 + *number;
  }
  return value;
}

// In decimal; empty where it is beyond 64 bits in another base.
std::string integer(std::string_view text, bool zero_is_octal) {
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  std::string digits(text);
  std::erase(digits, '_');
  std::optional<std::uint64_t> value;
  if (digits.starts_with("0x")) {
    value = in_base(std::string_view(digits).substr(2), 16);
  } else if (digits.starts_with("0b")) {
    value = in_base(std::string_view(digits).substr(2), 2);
  } else if (digits.starts_with("0o")) {
    value = in_base(std::string_view(digits).substr(2), 8);
  } else if (digits.find(':') != std::string::npos) {
    value = sexagesimal(digits);
  } else if (digits.size() > 1 && digits[0] == '0' && zero_is_octal) {
    value = in_base(digits, 8);
  } else {
    const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
    return (is_negative ? "-" : "") + digits.substr(first);
  }
  if (!value) return {};
  return (is_negative ? "-" : "") + std::to_string(*value);
}

// With a `.` and a signed exponent; empty for what is no number in JSON.
std::string real(std::string_view text) {
  std::string digits = base::to_lower(text);
  std::erase(digits, '_');
  if (digits.find("inf") != std::string::npos || digits.find("nan") != std::string::npos) return {};
  if (digits.find(':') != std::string::npos) return {};
  if (digits.starts_with('+')) digits.erase(0, 1);
  const bool is_negative = digits.starts_with('-');
  if (is_negative) digits.erase(0, 1);
  std::string exponent;
  if (const std::size_t e = digits.find('e'); e != std::string::npos) {
    exponent = digits.substr(e + 1);
    digits.resize(e);
    if (!exponent.starts_with('-') && !exponent.starts_with('+')) exponent.insert(0, "+");
    exponent.insert(0, "e");
  }
  if (digits.find('.') == std::string::npos) digits += ".0";
  if (digits.starts_with('.')) digits.insert(0, "0");
  if (digits.ends_with('.')) digits += "0";
  const std::size_t first = digits.find_first_not_of('0');
  digits.erase(0, digits[first] == '.' ? first - 1 : first);
  return (is_negative ? "-" : "") + digits + exponent;
}

std::string number(const Node& node) {
  if (node.type == ScalarType::real) return real(node.text);
  const bool is_octal =
      document::resolve_yaml_1_1(node.text) == ScalarType::integer && node.text.size() > 1;
  return integer(node.text, is_octal);
}

bool is_plain_word(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (text.empty() || !(is_letter(text[0]) || text[0] == '/' || text[0] == '_')) return false;
  const bool is_simple = std::all_of(text.begin(), text.end(), [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' || c == '/' ||
           c == ' ';
  });
  return is_simple && text.back() != ' ' && text.size() > 1 &&
         document::resolve_yaml_1_1(text) == ScalarType::string &&
         document::resolve_yaml_1_2(text) == ScalarType::string;
}

std::string shown_scalar(const Node& node, bool hide, bool redact) {
  if (node.type != ScalarType::string) return as_yaml(node);
  if (!redact || is_interpolated(node)) return as_yaml(node);
  if (hide) return "[masked]";
  const std::string masked = masked_value(node.text);
  return masked == node.text ? as_yaml(node) : masked;
}

void append_line(const Merged& value, bool hide, bool redact, std::string& into, std::size_t most) {
  if (into.size() > most) return;
  if (value.kind == Kind::scalar || value.kind == Kind::null) {
    into += hide && redact && value.kind == Kind::scalar && !is_interpolated(*value.given.value)
                ? "[masked]"
                : shown_scalar(*value.given.value, hide, redact);
    return;
  }
  const bool is_list = value.kind == Kind::sequence;
  into += is_list ? "[" : "{";
  bool is_first = true;
  for (const Merged& item : value.items) {
    if (!std::exchange(is_first, false)) into += ", ";
    append_line(item, hide, redact, into, most);
  }
  for (const Merged::Entry& entry : value.entries) {
    if (!std::exchange(is_first, false)) into += ", ";
    into += entry.key->text + ": ";
    append_line(entry.value, hide || looks_secret(entry.key->text), redact, into, most);
  }
  into += is_list ? "]" : "}";
}

}  // namespace

std::string json_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += {'\\', c};
    } else if (c == '\n') {
      quoted += "\\n";
    } else if (c == '\t') {
      quoted += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      quoted += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

std::string as_json(const Node& scalar) {
  std::string plain;
  switch (scalar.type) {
    case ScalarType::null:
      return "null";
    case ScalarType::boolean:
      return is_true(scalar.text) ? "true" : "false";
    case ScalarType::integer:
    case ScalarType::real:
      plain = number(scalar);
      break;
    default:
      break;
  }
  return plain.empty() ? json_string(scalar.text) : plain;
}

std::string as_yaml(const Node& scalar) {
  if (scalar.type == ScalarType::real && real(scalar.text).empty()) return scalar.text;
  if (scalar.type == ScalarType::timestamp) return scalar.text;
  if (scalar.type == ScalarType::custom) return std::string(scalar.tag) + " " + json_string(scalar.text);
  if (scalar.type == ScalarType::string && is_plain_word(scalar.text)) return scalar.text;
  return as_json(scalar);
}

std::string one_line(const Merged& value, bool hide, bool redact, std::size_t most) {
  std::string line;
  append_line(value, hide, redact, line, most);
  return shortened(line, most);
}

}  // namespace sluice::config
