#include "document/scalar.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::document {
namespace {

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// Objects, so that what takes one is made for it.
constexpr auto is_digit = [](char c) { return c >= '0' && c <= '9'; };

// Walks over a text from the left; each `take` moves on and tells how far.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }
  char peek() const { return rest_.empty() ? '\0' : rest_[0]; }
  std::string_view rest() const { return rest_; }

  bool take(char c) {
    if (peek() != c || rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take_any(std::string_view set) {
    if (rest_.empty() || set.find(rest_[0]) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  template <class Is>
  std::size_t take_while(Is is) {
    std::size_t end = 0;
    while (end < rest_.size() && is(rest_[end])) ++end;
    rest_.remove_prefix(end);
    return end;
  }
  // Between `least` and `most` digits.
  bool take_digits(std::size_t least, std::size_t most) {
    std::size_t count = 0;
    while (count < most && is_digit(peek())) {
      rest_.remove_prefix(1);
      ++count;
    }
    return count >= least;
  }

 private:
  std::string_view rest_;
};

constexpr auto is_digit_or_underscore = [](char c) { return is_digit(c) || c == '_'; };
constexpr auto is_octal_digit = [](char c) { return c >= '0' && c <= '7'; };
constexpr auto is_octal_digit_or_underscore = [](char c) { return is_octal_digit(c) || c == '_'; };
constexpr auto is_binary_digit_or_underscore = [](char c) { return c == '0' || c == '1' || c == '_'; };
constexpr auto is_hex_digit = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
constexpr auto is_hex_digit_or_underscore = [](char c) { return is_hex_digit(c) || c == '_'; };
constexpr auto is_blank = [](char c) { return c == ' ' || c == '\t'; };

// (:[0-5]?[0-9])+ to the end, or to a `.`.
bool take_sexagesimal(Cursor& cursor) {
  std::size_t groups = 0;
  while (cursor.take(':')) {
    const std::string_view group = cursor.rest();
    if (!cursor.take_digits(1, 2) || is_digit(cursor.peek())) return false;
    const bool is_pair = group.size() - cursor.rest().size() == 2;
    if (is_pair && group[0] > '5') return false;
    ++groups;
  }
  return groups > 0;
}

bool is_signed_exponent(Cursor& cursor) {
  if (cursor.done()) return true;
  return cursor.take_any("eE") && cursor.take_any("+-") && cursor.take_while(is_digit) > 0 &&
         cursor.done();
}

// The type of what most numbers are: digits, maybe with a `.` among or behind them. Null says that it is none of these.
ScalarType type_of_plain_number(std::string_view text) {
  Cursor cursor(text);
  if (cursor.take_while(is_digit) == 0) return ScalarType::null;
  if (cursor.done()) return text.size() == 1 || text[0] != '0' ? ScalarType::integer : ScalarType::null;
  if (!cursor.take('.')) return ScalarType::null;
  cursor.take_while(is_digit);
  return cursor.done() ? ScalarType::real : ScalarType::null;
}

bool is_int_1_1(std::string_view text) {
  Cursor cursor(text);
  cursor.take_any("+-");
  if (cursor.peek() == '0') {
    cursor.take('0');
    if (cursor.done()) return true;
    if (cursor.take('b')) return cursor.take_while(is_binary_digit_or_underscore) > 0 && cursor.done();
    if (cursor.take('x')) return cursor.take_while(is_hex_digit_or_underscore) > 0 && cursor.done();
    return cursor.take_while(is_octal_digit_or_underscore) > 0 && cursor.done();
  }
  if (!cursor.take_any("123456789")) return false;
  cursor.take_while(is_digit_or_underscore);
  return cursor.done() || (take_sexagesimal(cursor) && cursor.done());
}

bool is_float_1_1(std::string_view text) {
  if (is_one_of<3>(text, {".nan", ".NaN", ".NAN"})) return true;
  Cursor cursor(text);
  const bool has_sign = cursor.take_any("+-");
  if (is_one_of<3>(cursor.rest(), {".inf", ".Inf", ".INF"})) return true;
  if (cursor.take('.')) {
    if (has_sign || !is_digit(cursor.peek())) return false;
    cursor.take_while(is_digit_or_underscore);
    return is_signed_exponent(cursor);
  }
  if (!is_digit(cursor.peek())) return false;
  cursor.take_while(is_digit_or_underscore);
  const bool sexagesimal = cursor.peek() == ':';
  if (sexagesimal && !take_sexagesimal(cursor)) return false;
  if (!cursor.take('.')) return false;
  cursor.take_while(is_digit_or_underscore);
  return sexagesimal ? cursor.done() : is_signed_exponent(cursor);
}

bool is_time_zone(Cursor& cursor) {
  cursor.take_while(is_blank);
  if (cursor.take('Z')) return cursor.done();
  if (!cursor.take_any("+-") || !cursor.take_digits(1, 2)) return false;
  return cursor.done() || (cursor.take(':') && cursor.take_digits(2, 2) && cursor.done());
}

bool is_timestamp_1_1(std::string_view text) {
  Cursor cursor(text);
  if (!cursor.take_digits(4, 4) || !cursor.take('-')) return false;
  const std::string_view day = cursor.rest();
  if (!cursor.take_digits(1, 2) || !cursor.take('-') || !cursor.take_digits(1, 2)) return false;
  if (cursor.done()) return day.size() == 5;
  if (!cursor.take_any("Tt") && cursor.take_while(is_blank) == 0) return false;
  if (!cursor.take_digits(1, 2) || !cursor.take(':') || !cursor.take_digits(2, 2)) return false;
  if (!cursor.take(':') || !cursor.take_digits(2, 2)) return false;
  if (cursor.take('.')) cursor.take_while(is_digit);
  return cursor.done() || is_time_zone(cursor);
}

bool is_null(std::string_view text) {
  if (text.size() < 2) return text.empty() || text[0] == '~';
  return text.size() == 4 && is_one_of<3>(text, {"null", "Null", "NULL"});
}

bool is_float_1_2(std::string_view text) {
  if (is_one_of<3>(text, {".nan", ".NaN", ".NAN"})) return true;
  Cursor cursor(text);
  cursor.take_any("+-");
  if (is_one_of<3>(cursor.rest(), {".inf", ".Inf", ".INF"})) return true;
  const std::size_t whole = cursor.take_while(is_digit);
  const std::size_t fraction = cursor.take('.') ? cursor.take_while(is_digit) : 0;
  if (whole + fraction == 0) return false;
  if (cursor.done()) return true;
  if (!cursor.take_any("eE")) return false;
  cursor.take_any("+-");
  return cursor.take_while(is_digit) > 0 && cursor.done();
}

bool is_int_1_2(std::string_view text) {
  Cursor cursor(text);
  if (text.starts_with("0o") || text.starts_with("0x")) {
    const bool octal = text[1] == 'o';
    cursor.take('0');
    cursor.take_any("ox");
    return (octal ? cursor.take_while(is_octal_digit) : cursor.take_while(is_hex_digit)) > 0 && cursor.done();
  }
  cursor.take_any("+-");
  return cursor.take_while(is_digit) > 0 && cursor.done();
}

// Of a bool in any spelling: the second letter tells `yes`, `true`, `on` from `no`, `false`, `off`.
bool is_truth(std::string_view text) {
  return text.size() > 1 && std::string_view("eErRnN").find(text[1]) != std::string_view::npos;
}

// Decimal numbers in one spelling (`+1`, `1_000`); others (octal, base 60, ...) stay as they are.
std::string canonical_int(std::string_view text) {
  const bool has_sign = text.starts_with('+') || text.starts_with('-');
  std::string digits(text.substr(has_sign ? 1 : 0));
  const bool is_decimal = digits.size() == 1 || (!digits.empty() && digits[0] != '0');
  if (!is_decimal || digits.find(':') != std::string::npos) return std::string(text);
  std::erase(digits, '_');
  return text.starts_with('-') && digits != "0" ? "-" + digits : digits;
}

// The number that a float such as `1.0` is, or nothing.
std::string_view whole_number(std::string_view text) {
  Cursor cursor(text);
  cursor.take_any("+-");
  if (cursor.take_while(is_digit) == 0 || !cursor.take('.')) return {};
  const std::size_t point = text.size() - cursor.rest().size() - 1;
  cursor.take_while([](char c) { return c == '0'; });
  return cursor.done() ? text.substr(0, point) : std::string_view();
}

}  // namespace

std::string_view to_string(ScalarType type) {
  switch (type) {
    case ScalarType::null:
      return "null";
    case ScalarType::boolean:
      return "bool";
    case ScalarType::integer:
      return "int";
    case ScalarType::real:
      return "float";
    case ScalarType::string:
      return "string";
    case ScalarType::timestamp:
      return "timestamp";
    case ScalarType::binary:
      return "binary";
    case ScalarType::custom:
      return "value of its own tag";
  }
  return "";
}

ScalarType resolve_yaml_1_1(std::string_view plain) {
  static constexpr std::array<std::string_view, 18> bools = {
      "yes",   "Yes",   "YES",   "no", "No", "NO", "true", "True", "TRUE",
      "false", "False", "FALSE", "on", "On", "ON", "off",  "Off",  "OFF"};
  if (is_null(plain)) return ScalarType::null;
  // Most values are words: their first letter tells that they are nothing else.
  const char letter = static_cast<char>(plain[0] | 0x20);
  if (letter >= 'a' && letter <= 'z') {
    const bool may_be_bool = plain.size() <= 5 && std::string_view("yntfo").find(letter) != plain.npos;
    return may_be_bool && is_one_of(plain, bools) ? ScalarType::boolean : ScalarType::string;
  }
  if (const ScalarType number = type_of_plain_number(plain); number != ScalarType::null) return number;
  if (is_float_1_1(plain)) return ScalarType::real;
  if (is_int_1_1(plain)) return ScalarType::integer;
  if (is_timestamp_1_1(plain)) return ScalarType::timestamp;
  return ScalarType::string;
}

ScalarType resolve_yaml_1_2(std::string_view plain) {
  if (is_null(plain)) return ScalarType::null;
  if (is_one_of<6>(plain, {"true", "True", "TRUE", "false", "False", "FALSE"})) {
    return ScalarType::boolean;
  }
  if (is_int_1_2(plain)) return ScalarType::integer;
  if (is_float_1_2(plain)) return ScalarType::real;
  return ScalarType::string;
}

ScalarType type_of_tag(std::string_view tag) {
  if (tag == "!" || tag == "!!str") return ScalarType::string;
  if (tag == "!!null") return ScalarType::null;
  if (tag == "!!bool") return ScalarType::boolean;
  if (tag == "!!int") return ScalarType::integer;
  if (tag == "!!float") return ScalarType::real;
  if (tag == "!!timestamp") return ScalarType::timestamp;
  if (tag == "!!binary") return ScalarType::binary;
  return ScalarType::custom;
}

std::string key_identity(const Node& node) {
  if (node.kind == Kind::sequence || node.kind == Kind::mapping) {
    return fmt::format(
        "\x01"
        "collection at {}:{}",
        node.mark.line, node.mark.column);
  }
  const ScalarType type = node.type;
  switch (type) {
    case ScalarType::string:
      return node.text;
    case ScalarType::null:
      return "\x01null";
    case ScalarType::boolean:  // which Python takes for 1 and 0
      return is_truth(node.text) ? "\x01"
                                   "1"
                                 : "\x01"
                                   "0";
    case ScalarType::integer:
      return "\x01" + canonical_int(node.text);
    case ScalarType::real:
      if (const std::string_view whole = whole_number(node.text); !whole.empty()) return "\x01" + canonical_int(whole);
      [[fallthrough]];
    default:
      return fmt::format("\x01{} {}", to_string(type), node.text);
  }
}

}  // namespace sluice::document
