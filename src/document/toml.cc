#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "base/text.h"
#include "document/begin.h"
#include "document/encoding.h"
#include "document/node.h"
#include "document/toml_scalar.h"
#include "document/toml_table.h"

// An own reader, because toml++ as Debian 12 has it tells no position of a key. Lists and inline tables
// nest by recursion, which Limits::depth bounds.

namespace sluice::document {
namespace {

using Made = TomlValue::Made;

bool is_bare(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

class Reader {
 public:
  Reader(const Document& document, const Limits& limits)
      : text_(document.lines.text()),
        outline_(document.path, limits),
        limits_(limits),
        lines_(document.lines),
        marker_(document.lines) {}

  Result<Node> read() {
    root_.node.kind = Kind::mapping;
    root_.made = Made::header;
    table_ = &root_;
    while (true) {
      skip_blanks();
      if (at_ == text_.size()) return root_.take();
      if (peek() == '[') {
        SLUICE_TRY(header());
      } else if (peek() != '#' && !is_line_end()) {
        SLUICE_TRY(pair(*table_));
      }
      SLUICE_TRY(rest_of_line());
    }
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool is_line_end() const { return peek() == '\n' || (peek() == '\r' && peek(1) == '\n'); }
  Mark mark() { return marker_.at(at_); }

  tl::unexpected<Error> wrong(std::string what, std::string remedy = {}) {
    return outline_.error(ErrorKind::invalid_input, std::move(what), lines_.mark_of_byte(at_),
                          std::move(remedy));
  }
  tl::unexpected<Error> wrong_at(std::string what, Mark at, std::string remedy = {}) {
    return outline_.error(ErrorKind::invalid_input, std::move(what), at, std::move(remedy));
  }

  Status count_value(Mark at) {
    if (++values_ <= limits_.nodes) return {};
    return outline_.error(ErrorKind::limit_exceeded,
                          fmt::format("more than the limit of {} values", limits_.nodes), at);
  }
  Status check_depth(std::size_t depth) {
    if (depth <= limits_.depth) return {};
    return outline_.error(ErrorKind::limit_exceeded,
                          fmt::format("nested deeper than the limit of {} levels", limits_.depth),
                          lines_.mark_of_byte(at_));
  }

  void skip_blanks() {
    while (peek() == ' ' || peek() == '\t') ++at_;
  }

  Status comment() {
    while (at_ < text_.size() && !is_line_end()) {
      const auto c = static_cast<unsigned char>(text_[at_]);
      if ((c < 0x20 && c != '\t') || c == 0x7F) return wrong("a control character in a comment");
      ++at_;
    }
    return {};
  }

  Status rest_of_line() {
    skip_blanks();
    if (peek() == '#') SLUICE_TRY(comment());
    if (at_ == text_.size()) return {};
    if (!is_line_end()) return wrong("text behind the end of the value", "begin a new line");
    at_ += peek() == '\r' ? 2 : 1;
    return {};
  }

  // Blanks, line ends and comments between the items of a list.
  Status skip_lines() {
    while (true) {
      skip_blanks();
      if (peek() == '#') SLUICE_TRY(comment());
      if (at_ == text_.size() || !is_line_end()) return {};
      at_ += peek() == '\r' ? 2 : 1;
    }
  }

  Result<std::vector<Node>> key() {
    std::vector<Node> parts;
    while (true) {
      skip_blanks();
      Node part;
      part.kind = Kind::scalar;
      part.type = ScalarType::string;
      part.mark = mark();
      if (peek() == '"' || peek() == '\'') {
        part.quoted = true;
        SLUICE_TRY_ASSIGN(part.text, string(false));
      } else {
        const std::size_t start = at_;
        while (at_ < text_.size() && is_bare(peek())) ++at_;
        if (at_ == start) return wrong("expected a key", "quote a key that is no plain word");
        part.text = text_.substr(start, at_ - start);
      }
      part.end = mark();
      parts.push_back(std::move(part));
      SLUICE_TRY(check_depth(parts.size()));
      skip_blanks();
      if (peek() != '.') return parts;
      ++at_;
    }
  }

  tl::unexpected<Error> taken(const Node& key, const TomlValue& by) {
    return wrong_at(fmt::format("`{}` is defined already, in line {}: TOML readers refuse the file",
                                key.text.substr(0, 80), by.node.mark.line),
                    key.mark, "keep one of the two");
  }

  Status header() {
    const Mark start = mark();
    ++at_;
    const bool is_list = peek() == '[';
    if (is_list) ++at_;
    SLUICE_TRY_ASSIGN(std::vector<Node> parts, key());
    if (peek() != ']' || (is_list && peek(1) != ']')) {
      return wrong(is_list ? "expected `]]`" : "expected `]`");
    }
    at_ += is_list ? 2 : 1;
    SLUICE_TRY(count_value(start));
    TomlValue* table = &root_;
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      TomlValue* next = table->find(parts[i].text);
      if (next == nullptr) {
        table = &table->add_member(parts[i], Made::implied);
        SLUICE_TRY(count_value(start));
        continue;
      }
      if (next->made == Made::complete) return taken(parts[i], *next);
      table = next->made == Made::tables ? next->items.back().get() : next;
    }
    return is_list ? open_list_item(*table, std::move(parts.back()), start)
                   : open_table(*table, std::move(parts.back()), start);
  }

  Status open_table(TomlValue& parent, Node key, Mark start) {
    TomlValue* found = parent.find(key.text);
    if (found != nullptr && found->made != Made::implied) return taken(key, *found);
    TomlValue& table = found != nullptr ? *found : parent.add_member(key, Made::header);
    table.made = Made::header;
    table.node.mark = start;
    table.node.end = mark();
    table_ = &table;
    return {};
  }

  Status open_list_item(TomlValue& parent, Node key, Mark start) {
    TomlValue* list = parent.find(key.text);
    if (list != nullptr && list->made != Made::tables) return taken(key, *list);
    if (list == nullptr) {
      list = &parent.add_member(key, Made::tables);
      list->node.kind = Kind::sequence;
      list->node.mark = start;
    }
    auto item = std::make_unique<TomlValue>();
    item->made = Made::header;
    item->node.kind = Kind::mapping;
    item->node.mark = start;
    item->node.end = mark();
    table_ = item.get();
    list->items.push_back(std::move(item));
    return {};
  }

  // `a.b = value` in `table`.
  Status pair(TomlValue& table) {
    SLUICE_TRY_ASSIGN(std::vector<Node> parts, key());
    if (peek() != '=') return wrong("expected `=` behind the key");
    ++at_;
    TomlValue* into = &table;
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      TomlValue* next = into->find(parts[i].text);
      // A table with a header of its own, below the one that is open, is not to be reached by a key.
      if (next != nullptr && next->made != Made::dotted) return taken(parts[i], *next);
      if (next == nullptr) SLUICE_TRY(count_value(parts[i].mark));
      into = next != nullptr ? next : &into->add_member(parts[i], Made::dotted);
    }
    if (const TomlValue* found = into->find(parts.back().text)) return taken(parts.back(), *found);
    skip_blanks();
    TomlValue& added = into->add_member(std::move(parts.back()), Made::complete);
    return value(added);
  }

  Status value(TomlValue& into) {
    into.node = Node{};
    into.node.mark = mark();
    SLUICE_TRY(count_value(into.node.mark));
    const char c = peek();
    if (c == '[' || c == '{') {
      SLUICE_TRY(check_depth(++depth_));
      SLUICE_TRY(c == '[' ? list(into) : inline_table(into));
      --depth_;
    } else {
      SLUICE_TRY(scalar(into.node));
    }
    into.node.end = mark();
    return {};
  }

  Status list(TomlValue& into) {
    into.node.kind = Kind::sequence;
    ++at_;
    SLUICE_TRY(skip_lines());
    while (peek() != ']') {
      into.items.push_back(std::make_unique<TomlValue>());
      SLUICE_TRY(value(*into.items.back()));
      SLUICE_TRY(skip_lines());
      if (peek() == ',') {
        ++at_;
        SLUICE_TRY(skip_lines());
      } else if (peek() != ']') {
        return wrong("a list in `[ ]` is not continued by `,` or closed by `]`");
      }
    }
    ++at_;
    return {};
  }

  Status inline_table(TomlValue& into) {
    into.node.kind = Kind::mapping;
    ++at_;
    skip_blanks();
    if (peek() == '}') {
      ++at_;
      return {};
    }
    while (true) {
      skip_blanks();
      SLUICE_TRY(pair(into));
      skip_blanks();
      if (peek() == '}') break;
      if (peek() != ',') return wrong("a table in `{ }` is not continued by `,` or closed by `}`");
      ++at_;
    }
    ++at_;
    // From now on closed, also for dotted keys.
    for (auto& member : into.members) member.value->made = Made::complete;
    return {};
  }

  Status scalar(Node& into) {
    into.kind = Kind::scalar;
    if (peek() == '"' || peek() == '\'') {
      into.type = ScalarType::string;
      into.quoted = true;
      SLUICE_TRY_ASSIGN(into.text, string(true));
      return {};
    }
    static constexpr std::string_view ends = " \t\r\n,]}#";
    std::size_t end = std::min(text_.find_first_of(ends, at_), text_.size());
    // A date and its time may be divided by a blank.
    const std::string_view rest = text_.substr(end);
    if (end - at_ == 10 && peek(4) == '-' && rest.size() > 3 && rest[0] == ' ' && rest[3] == ':') {
      end = std::min(text_.find_first_of(ends, end + 1), text_.size());
    }
    into.text = text_.substr(at_, end - at_);
    const auto type = toml_type(into.text);
    if (!type) {
      if (into.text.empty()) return wrong("expected a value");
      return wrong("not a TOML value", "put a text in quotes");
    }
    into.type = *type;
    at_ = end;
    return {};
  }

  // A string of any of the four kinds; a key may not have several lines.
  Result<std::string> string(bool may_span_lines) {
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

  Status character(char quote, bool spans, std::string& into) {
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

  Status escape(bool spans, std::string& into) {
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

  Status unicode(std::size_t length, std::string& into) {
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
    append_utf8(into, code_point);
    at_ += 2 + length;
    return {};
  }

  std::string_view text_;
  Outline outline_;  // for its errors
  const Limits& limits_;
  const Lines& lines_;
  Marker marker_;
  std::size_t at_ = 0;
  std::size_t values_ = 0;
  std::size_t depth_ = 0;
  TomlValue root_;
  TomlValue* table_ = nullptr;
};

}  // namespace

Result<Document> parse_toml(std::string_view text, std::string path, const Limits& limits) {
  SLUICE_TRY_ASSIGN(Document document, begin_document(Format::toml, text, path, limits));
  SLUICE_TRY_ASSIGN(document.root, Reader(document, limits).read());
  document.documents = document.root.entries.empty() ? 0 : 1;
  return document;
}

}  // namespace sluice::document
