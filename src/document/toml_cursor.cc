#include "document/toml_cursor.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/utf8.h"

namespace sluice::document {

TomlCursor::TomlCursor(const Document& document, const Limits& limits)
    : text_(document.lines.text()),
      outline_(document.path, limits),
      lines_(document.lines),
      marker_(document.lines) {}

tl::unexpected<Error> TomlCursor::wrong(std::string what, std::string remedy) const {
  return wrong_at(std::move(what), lines_.mark_of_byte(at_), std::move(remedy));
}

tl::unexpected<Error> TomlCursor::wrong_at(std::string what, Mark at, std::string remedy) const {
  return outline_.error(ErrorKind::invalid_input, std::move(what), at, std::move(remedy));
}

void TomlCursor::skip_blanks() {
  while (peek() == ' ' || peek() == '\t') ++at_;
}

Status TomlCursor::comment() {
  while (at_ < text_.size() && !is_line_end()) {
    const auto c = static_cast<unsigned char>(text_[at_]);
    if ((c < 0x20 && c != '\t') || c == 0x7F) return wrong("a control character in a comment");
    ++at_;
  }
  return {};
}

Result<std::string> TomlCursor::text(bool may_span_lines) {
  const Mark start = lines_.mark_of_byte(at_);
  const char quote = peek();
  const bool spans = may_span_lines && peek(1) == quote && peek(2) == quote;
  at_ += spans ? 3 : 1;
  if (spans && is_line_end()) at_ += peek() == '\r' ? 2 : 1;
  std::string into;
  while (true) {
    if (at_ == text_.size() || (!spans && is_line_end())) {
      return wrong_at("a text that is never closed", start, "add the closing quote");
    }
    if (peek() == quote && (!spans || (peek(1) == quote && peek(2) == quote))) break;
    SLUICE_TRY(character(quote, spans, into));
  }
  at_ += spans ? 3 : 1;
  // Up to two more quotes belong to the text.
  for (int i = 0; spans && i < 2 && peek() == quote; ++i, ++at_) into.push_back(quote);
  return into;
}

Status TomlCursor::character(char quote, bool spans, std::string& into) {
  const char c = peek();
  if (c == '\\' && quote == '"') return escape(spans, into);
  if (spans && is_line_end()) {
    at_ += c == '\r' ? 2 : 1;
    into.push_back('\n');
    return {};
  }
  const auto byte = static_cast<unsigned char>(c);
  if ((byte < 0x20 && c != '\t') || byte == 0x7F) {
    return wrong("a control character inside of a text", "write it as an escape");
  }
  into.push_back(c);
  ++at_;
  return {};
}

Status TomlCursor::escape(bool spans, std::string& into) {
  static constexpr std::string_view letters = "\"\\bfnrt";
  static constexpr std::string_view meanings = "\"\\\b\f\n\r\t";
  const char letter = peek(1);
  if (const std::size_t which = letters.find(letter); which != std::string_view::npos) {
    into.push_back(meanings[which]);
    at_ += 2;
    return {};
  }
  if (letter == 'u' || letter == 'U') return unicode(letter == 'u' ? 4 : 8, into);
  if (spans && (letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r')) {
    const std::size_t end = std::min(text_.find_first_not_of(" \t\r\n", at_ + 1), text_.size());
    const std::string_view skipped = text_.substr(at_ + 1, end - at_ - 1);
    const std::size_t line_end = skipped.find('\n');
    if (base::trim(skipped.substr(0, line_end)).empty() && line_end != skipped.npos) {
      at_ = end;
      return {};
    }
  }
  return wrong("an escape that TOML does not know", "double the backslash, or use single quotes");
}

Status TomlCursor::unicode(std::size_t length, std::string& into) {
  char32_t code_point = 0;
  for (std::size_t i = 0; i < length; ++i) {
    const char written = peek(2 + i);
    const char c = written >= 'A' && written <= 'F' ? static_cast<char>(written + 32) : written;
    const std::size_t digit = std::string_view("0123456789abcdef").find(c);
    if (c == '\0' || digit == std::string_view::npos) return wrong("not enough hexadecimal digits");
    code_point = code_point << 4 | static_cast<char32_t>(digit);
  }
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point < 0xE000)) {
    return wrong("not a Unicode character");
  }
  base::append_utf8(into, code_point);
  at_ += 2 + length;
  return {};
}

}  // namespace sluice::document
