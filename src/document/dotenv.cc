#include <algorithm>
#include <utility>

#include "document/begin.h"
#include "document/node.h"
#include "document/outline.h"

namespace sluice::document {
namespace {

bool is_key(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || c == '-' || c == '[' || c == ']';
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

class Reader {
 public:
  Reader(const Document& document, Outline& outline)
      : lines_(document.lines), text_(document.lines.text()), outline_(outline), marker_(lines_) {}

  Status read() {
    Token root;
    root.kind = Kind::mapping;
    SLUICE_TRY(outline_.open(std::move(root)));
    while (at_ < text_.size()) {
      skip_white();
      if (at_ == text_.size()) break;
      if (text_[at_] == '#') {
        skip_line();
      } else {
        SLUICE_TRY(assignment());
      }
    }
    outline_.close({}, false);
    return {};
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool at_line_end() const { return at_ == text_.size() || peek() == '\n'; }
  void skip_blanks() {
    while (is_blank(peek())) ++at_;
  }
  void skip_white() {
    while (is_blank(peek()) || peek() == '\n' || peek() == '\r') ++at_;
  }
  void skip_line() { at_ = std::min(text_.find('\n', at_), text_.size()); }

  tl::unexpected<Error> wrong(std::string what, std::size_t offset, std::string remedy) {
    return outline_.error(ErrorKind::invalid_input, std::move(what), lines_.mark_of_byte(offset),
                          std::move(remedy));
  }

  Status assignment() {
    if (text_.substr(at_).starts_with("export") && at_ + 6 < text_.size() &&
        is_blank(text_[at_ + 6])) {
      at_ += 6;
      skip_blanks();
    }
    const std::size_t start = at_;
    while (is_key(peek())) ++at_;
    if (at_ == start) return wrong("expected the name of a variable", at_, "write `NAME=value`");
    Token key;
    key.kind = Kind::scalar;
    key.type = ScalarType::string;
    key.text = text_.substr(start, at_ - start);
    key.mark = marker_.at(start);
    key.end = marker_.at(at_);
    SLUICE_TRY(outline_.add_scalar(std::move(key)));
    skip_blanks();
    if (peek() == '=' || peek() == ':') {
      ++at_;
      skip_blanks();
      return value();
    }
    if (!at_line_end() && peek() != '\r' && peek() != '#') {
      return wrong("a name with a blank in it", start, "write `NAME=value`");
    }
    Token none;
    none.mark = none.end = marker_.at(at_);
    skip_line();
    return outline_.add_scalar(std::move(none));
  }

  Status value() {
    Token token;
    token.kind = Kind::scalar;
    token.type = ScalarType::string;
    token.mark = marker_.at(at_);
    if (peek() == '"' || peek() == '\'') return quoted(std::move(token));
    const std::size_t start = at_;
    std::size_t end = std::min(text_.find('\n', at_), text_.size());
    at_ = end;
    for (std::size_t i = start; i < end; ++i) {
      if (text_[i] == '#' && (i == start || is_blank(text_[i - 1]))) end = i;
    }
    while (end > start && (is_blank(text_[end - 1]) || text_[end - 1] == '\r')) --end;
    token.text = text_.substr(start, end - start);
    token.end = marker_.at(end);
    return outline_.add_scalar(std::move(token));
  }

  Status quoted(Token token) {
    const std::size_t start = at_;
    const char quote = text_[at_++];
    token.quoted = true;
    while (peek() != quote || at_ == text_.size()) {
      if (at_ == text_.size()) {
        return wrong("a quote that is never closed", start, "add the closing quote");
      }
      if (quote == '"' && peek() == '\\' && at_ + 1 < text_.size()) {
        escape(token.text);
      } else {
        token.text.push_back(text_[at_++]);
      }
    }
    ++at_;
    token.end = marker_.at(at_);
    skip_blanks();
    if (!at_line_end() && peek() != '\r' && peek() != '#') {
      return wrong("text behind the closing quote", at_, "escape the quote, or take the rest away");
    }
    skip_line();
    return outline_.add_scalar(std::move(token));
  }

  void escape(std::string& into) {
    static constexpr std::string_view letters = "nrt\"\\$";
    static constexpr std::string_view meanings = "\n\r\t\"\\$";
    const std::size_t which = letters.find(text_[at_ + 1]);
    if (which == std::string_view::npos) into.push_back('\\');
    into.push_back(which == std::string_view::npos ? text_[at_ + 1] : meanings[which]);
    at_ += 2;
  }

  const Lines& lines_;
  std::string_view text_;
  Outline& outline_;
  Marker marker_;
  std::size_t at_ = 0;
};

}  // namespace

Result<Document> parse_dotenv(std::string_view text, std::string path, const Limits& limits) {
  SLUICE_TRY_ASSIGN(Document document, begin_document(Format::dotenv, text, path, limits));
  Outline outline(path, limits);
  SLUICE_TRY(Reader(document, outline).read());
  document.root = outline.build();
  document.documents = document.root.entries.empty() ? 0 : 1;
  return document;
}

}  // namespace sluice::document
