#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/utf8.h"
#include "document/begin.h"
#include "document/node.h"
#include "document/outline.h"

// An own reader, because nlohmann-json tells no positions and drops duplicate keys. The grammar is
// RFC 8259 to the letter; it keeps its own stack, so depth costs no call frames.

namespace sluice::document {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Reader {
 public:
  Reader(const Lines& lines, Outline& outline, bool with_comments)
      : lines_(lines),
        text_(lines.text()),
        outline_(outline),
        marker_(lines),
        with_comments_(with_comments) {}

  Status read() {
    skip_blanks();
    SLUICE_TRY(value());
    while (!open_.empty()) {
      skip_blanks();
      SLUICE_TRY(step());
    }
    skip_blanks();
    if (at_ < text_.size()) return wrong("text behind the end of the value");
    return {};
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void skip_blanks() {
    while (true) {
      while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') ++at_;
      const std::string_view rest = text_.substr(at_);
      if (!with_comments_ || !(rest.starts_with("//") || rest.starts_with("/*"))) return;
      const bool is_line = rest[1] == '/';
      const std::size_t end = text_.find(is_line ? "\n" : "*/", at_ + 2);
      at_ = end == std::string_view::npos ? text_.size() : end + (is_line ? 1 : 2);
    }
  }

  Mark mark(std::size_t offset) { return marker_.at(offset); }

  Status wrong(std::string what, std::string remedy = {}) {
    return outline_.error(ErrorKind::invalid_input, std::move(what), lines_.mark_of_byte(at_),
                          std::move(remedy));
  }

  // One member, item or closing bracket of the innermost collection.
  Status step() {
    const bool is_object = open_.back() == '{';
    const char closing = is_object ? '}' : ']';
    if (peek() == closing) {
      if (after_comma_ && !with_comments_) return wrong("a `,` before the end", "take the last comma away");
      outline_.close(mark(++at_), true);
      open_.pop_back();
      is_first_ = false;
      after_comma_ = false;
      return {};
    }
    if (!is_first_ && !after_comma_) {
      if (peek() != ',') return wrong(fmt::format("expected `,` or `{}`", closing));
      ++at_;
      after_comma_ = true;
      return {};
    }
    after_comma_ = false;
    if (is_object) SLUICE_TRY(key());
    is_first_ = false;
    return value();
  }

  Status key() {
    if (peek() != '"') return wrong("expected a key in double quotes");
    SLUICE_TRY(string());
    skip_blanks();
    if (peek() != ':') return wrong("expected `:` behind the key");
    ++at_;
    skip_blanks();
    return {};
  }

  Status value() {
    const char c = peek();
    if (c == '{' || c == '[') {
      Token token;
      token.kind = c == '{' ? Kind::mapping : Kind::sequence;
      token.mark = mark(at_);
      ++at_;
      SLUICE_TRY(outline_.open(std::move(token)));
      open_.push_back(c);
      is_first_ = true;
      return {};
    }
    if (c == '"') return string();
    if (c == '-' || is_digit(c)) return number();
    for (const std::string_view word : {"true", "false", "null"}) {
      if (text_.substr(at_).starts_with(word)) return literal(word);
    }
    if (at_ == text_.size()) return wrong("expected a value, found the end");
    return wrong("expected a value", "RFC 8259 has no comments, single quotes, NaN or bare words");
  }

  Status literal(std::string_view word) {
    Token token;
    token.kind = word == "null" ? Kind::null : Kind::scalar;
    token.text = word;
    token.type = word == "null" ? ScalarType::null : ScalarType::boolean;
    return put(std::move(token), at_ + word.size());
  }

  Status number() {
    std::size_t end = at_;
    const auto digits = [&] {
      const std::size_t start = end;
      while (end < text_.size() && is_digit(text_[end])) ++end;
      return end > start;
    };
    const auto next = [&](std::string_view set) {
      if (end == text_.size() || set.find(text_[end]) == std::string_view::npos) return false;
      ++end;
      return true;
    };
    next("-");
    bool valid = next("0") || digits();
    const bool has_fraction = valid && next(".");
    if (has_fraction) valid = digits();
    const bool has_exponent = valid && next("eE");
    if (has_exponent) {
      next("+-");
      valid = digits();
    }
    if (!valid || (end < text_.size() && (is_digit(text_[end]) || text_[end] == '.'))) {
      return wrong("not a JSON number");
    }
    Token token;
    token.kind = Kind::scalar;
    token.text = text_.substr(at_, end - at_);
    token.type = has_fraction || has_exponent ? ScalarType::real : ScalarType::integer;
    return put(std::move(token), end);
  }

  Status put(Token token, std::size_t end) {
    token.mark = mark(at_);
    token.end = mark(end);
    at_ = end;
    return outline_.add_scalar(std::move(token));
  }

  Status string() {
    Token token;
    token.kind = Kind::scalar;
    token.type = ScalarType::string;
    token.quoted = true;
    token.mark = mark(at_);
    const std::size_t start = at_++;
    while (peek() != '"' || at_ == text_.size()) {
      if (at_ == text_.size()) {
        at_ = start;
        return wrong("a text that is never closed", "add the closing quote");
      }
      if (static_cast<unsigned char>(peek()) < 0x20) {
        return wrong("a control character inside of a text", "write it as an escape");
      }
      if (peek() == '\\') {
        SLUICE_TRY(escape(token.text));
      } else {
        token.text.push_back(text_[at_++]);
      }
    }
    ++at_;
    token.end = mark(at_);
    return outline_.add_scalar(std::move(token));
  }

  Status escape(std::string& into) {
    static constexpr std::string_view letters = "\"\\/bfnrt";
    static constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const char letter = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (letter != 'u') {
      const std::size_t which = letters.find(letter);
      if (which == std::string_view::npos) return wrong("an escape that JSON does not know");
      into.push_back(meanings[which]);
      at_ += 2;
      return {};
    }
    char32_t code_point = hex(at_ + 2);
    std::size_t length = 6;
    if (code_point >= 0xD800 && code_point < 0xDC00 && text_.substr(at_ + 6).starts_with("\\u")) {
      const char32_t low = hex(at_ + 8);
      if (low >= 0xDC00 && low < 0xE000) {
        code_point = 0x10000 + ((code_point - 0xD800) << 10) + (low - 0xDC00);
        length = 12;
      }
    }
    if (code_point == not_hex) return wrong("`\\u` without four hexadecimal digits");
    if (code_point >= 0xD800 && code_point < 0xE000) return wrong("half of a surrogate pair");
    base::append_utf8(into, code_point);
    at_ += length;
    return {};
  }

  static constexpr char32_t not_hex = 0xFFFFFFFF;

  char32_t hex(std::size_t from) const {
    char32_t value = 0;
    for (std::size_t i = from; i < from + 4; ++i) {
      const char c = i < text_.size() ? text_[i] : '\0';
      const std::size_t digit = std::string_view("0123456789abcdef").find(base::to_lower({&c, 1}));
      if (digit == std::string_view::npos) return not_hex;
      value = value << 4 | static_cast<char32_t>(digit);
    }
    return value;
  }

  const Lines& lines_;
  std::string_view text_;
  Outline& outline_;
  std::size_t at_ = 0;
  Marker marker_;
  std::vector<char> open_;
  bool with_comments_;
  bool is_first_ = false;
  bool after_comma_ = false;
};

}  // namespace

Result<Document> parse_json(std::string_view text, std::string path, const Limits& limits,
                            bool with_comments) {
  SLUICE_TRY_ASSIGN(Document document, begin_document(Format::json, text, path, limits));
  Outline outline(path, limits);
  SLUICE_TRY(Reader(document.lines, outline, with_comments).read());
  document.root = outline.build();
  return document;
}

}  // namespace sluice::document
