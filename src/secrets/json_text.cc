#include "secrets/json_text.h"

#include <fmt/format.h>

#include <cstdint>
#include <string>

#include "base/utf8.h"

namespace sluice::secrets {
namespace {

constexpr std::size_t deepest = 64;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Goes over a text and knows the grammar of one value at a time; nesting is kept in a string of
// brackets.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::size_t at() const { return at_; }
  bool at_end() const { return at_ == text_.size(); }
  char here() const { return at_end() ? '\0' : text_[at_]; }
  void skip_space() {
    while (!at_end() && is_space(text_[at_])) ++at_;
  }
  bool take(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool take_string() {
    if (!take('"')) return false;
    while (!at_end()) {
      const char c = text_[at_++];
      if (c == '"') return true;
      if (static_cast<unsigned char>(c) < 0x20) return false;
      if (c == '\\' && !take_escape()) return false;
    }
    return false;
  }

  bool take_scalar() {
    if (here() == '"') return take_string();
    for (const std::string_view word : {"true", "false", "null"}) {
      if (text_.substr(at_).starts_with(word)) {
        at_ += word.size();
        return true;
      }
    }
    return take_number();
  }

 private:
  bool take_escape() {
    if (at_end()) return false;
    const char c = text_[at_++];
    if (c != 'u') return std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos;
    for (int i = 0; i < 4; ++i) {
      if (at_end() || hex_value(text_[at_++]) < 0) return false;
    }
    return true;
  }
  bool take_digits() {
    const std::size_t start = at_;
    while (is_digit(here())) ++at_;
    return at_ > start;
  }
  bool take_number() {
    take('-');
    if (!take('0') && !take_digits()) return false;
    if (take('.') && !take_digits()) return false;
    if (here() == 'e' || here() == 'E') {
      ++at_;
      if (here() == '+' || here() == '-') ++at_;
      return take_digits();
    }
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// Where the value at the start of `text` ends; npos when there is none. Sets `too_deep`.
class Skipper {
 public:
  explicit Skipper(std::string_view text) : scanner_(text) {}

  bool skip() {
    do {
      if (!value_or_closed_empty()) return false;
      if (!close_what_ends()) return false;
    } while (!open_.empty());
    return true;
  }
  std::size_t at() const { return scanner_.at(); }
  bool too_deep() const { return too_deep_; }

 private:
  bool member_name() {
    scanner_.skip_space();
    if (!scanner_.take_string()) return false;
    scanner_.skip_space();
    return scanner_.take(':');
  }

  // Reads on until a scalar or an empty collection was read.
  bool value_or_closed_empty() {
    for (;;) {
      scanner_.skip_space();
      const char c = scanner_.here();
      if (c != '{' && c != '[') return scanner_.take_scalar();
      scanner_.take(c);
      if (open_.size() == deepest) {
        too_deep_ = true;
        return false;
      }
      scanner_.skip_space();
      if (scanner_.take(c == '{' ? '}' : ']')) return true;
      open_ += c;
      if (c == '{' && !member_name()) return false;
    }
  }

  // Behind a value: ends all collections that end here, or goes to the next value.
  bool close_what_ends() {
    while (!open_.empty()) {
      scanner_.skip_space();
      if (scanner_.take(',')) return open_.back() == '[' || member_name();
      if (!scanner_.take(open_.back() == '{' ? '}' : ']')) return false;
      open_.pop_back();
    }
    return true;
  }

  Scanner scanner_;
  std::string open_;
  bool too_deep_ = false;
};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// The value at the start of a text that is known to be right.
std::string_view value_at(std::string_view text) {
  Skipper skipper(text);
  skipper.skip();
  return trimmed(text.substr(0, skipper.at()));
}

std::uint32_t read_hex4(std::string_view text) {
  std::uint32_t value = 0;
  for (const char c : text.substr(0, 4))
    value = value << 4 | static_cast<std::uint32_t>(hex_value(c));
  return value;
}

bool is_high(std::uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(std::uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

// `text` begins behind `\u`; returns how many bytes were used.
std::size_t append_unicode_escape(std::string_view text, SecureBytes& out) {
  std::uint32_t c = read_hex4(text);
  std::size_t used = 4;
  if (is_high(c) && text.substr(4).starts_with("\\u") && is_low(read_hex4(text.substr(6)))) {
    c = 0x10000 + ((c - 0xD800) << 10) + (read_hex4(text.substr(6)) - 0xDC00);
    used = 10;
  } else if (is_high(c) || is_low(c)) {
    c = 0xFFFD;
  }
  base::append_utf8(out, c);
  return used;
}

SecureBytes unescaped(std::string_view inside) {
  SecureBytes out;
  out.reserve(inside.size());
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] != '\\') {
      out.push_back(inside[i]);
      continue;
    }
    const char c = inside[++i];
    constexpr std::string_view from = "bfnrt";
    constexpr std::string_view to = "\b\f\n\r\t";
    if (c == 'u') {
      i += append_unicode_escape(inside.substr(i + 1), out);
    } else if (const std::size_t which = from.find(c); which != from.npos) {
      out.push_back(to[which]);
    } else {
      out.push_back(c);
    }
  }
  return out;
}

}  // namespace

Result<JsonText> JsonText::parse(std::string_view text) {
  Skipper skipper(text);
  const bool read = skipper.skip();
  if (skipper.too_deep())
    return fail(ErrorKind::limit_exceeded, fmt::format("JSON of more than {} levels", deepest));
  if (!read || !trimmed(text.substr(skipper.at())).empty())
    return fail(ErrorKind::invalid_input,
                fmt::format("no JSON: byte {} is not expected", skipper.at()));
  return of(trimmed(text));
}

JsonText JsonText::of(std::string_view raw) {
  switch (raw.front()) {
    case '{':
      return {raw, Kind::object};
    case '[':
      return {raw, Kind::array};
    case '"':
      return {raw, Kind::string};
    case 'n':
      return {raw, Kind::null};
    case 't':
    case 'f':
      return {raw, Kind::boolean};
    default:
      return {raw, Kind::number};
  }
}

std::optional<JsonText> JsonText::member(std::string_view name) const {
  std::optional<JsonText> found;
  if (kind_ != Kind::object) return found;
  std::string_view rest = trimmed(raw_.substr(1));
  while (rest.starts_with('"')) {
    Scanner scanner(rest);
    scanner.take_string();
    const JsonText key = of(rest.substr(0, scanner.at()));
    scanner.skip_space();
    scanner.take(':');
    rest = trimmed(rest.substr(scanner.at()));
    const std::string_view value = value_at(rest);
    if (key.equals(name)) found = of(value);
    rest = trimmed(rest.substr(value.size()));
    if (rest.starts_with(',')) rest = trimmed(rest.substr(1));
  }
  return found;
}

std::vector<JsonText> JsonText::items() const {
  std::vector<JsonText> list;
  if (kind_ != Kind::array) return list;
  std::string_view rest = trimmed(raw_.substr(1));
  while (!rest.starts_with(']')) {
    const std::string_view value = value_at(rest);
    list.push_back(of(value));
    rest = trimmed(rest.substr(value.size()));
    if (rest.starts_with(',')) rest = trimmed(rest.substr(1));
  }
  return list;
}

SecureBytes JsonText::bytes() const {
  return kind_ == Kind::string ? unescaped(raw_.substr(1, raw_.size() - 2)) : secure_copy(raw_);
}

bool JsonText::equals(std::string_view text) const {
  if (kind_ != Kind::string) return false;
  const std::string_view inside = raw_.substr(1, raw_.size() - 2);
  return inside.find('\\') == inside.npos ? inside == text : reveal(bytes()) == text;
}

namespace {

// What stands at `path` in the object `value`.
std::optional<JsonText> find(JsonText value, std::string_view path) {
  for (;;) {
    if (auto whole = value.member(path)) return whole;
    const std::size_t dot = path.find('.');
    if (dot == path.npos) return std::nullopt;
    const auto next = value.member(path.substr(0, dot));
    if (!next) return std::nullopt;
    value = *next;
    path = path.substr(dot + 1);
  }
}

}  // namespace

bool has_json_member(std::string_view text, std::string_view path) {
  const auto value = JsonText::parse(text);
  return value && find(*value, path).has_value();
}

Result<SecureBytes> json_member(std::string_view text, std::string_view path) {
  SLUICE_TRY_ASSIGN(const JsonText value, JsonText::parse(text));
  if (value.kind() != JsonText::Kind::object)
    return fail(ErrorKind::invalid_input, "the secret is no JSON object");
  const auto found = find(value, path);
  if (!found || found->kind() == JsonText::Kind::null)
    return fail(ErrorKind::not_found, fmt::format("the secret has no member '{}'", path));
  return found->bytes();
}

}  // namespace sluice::secrets
