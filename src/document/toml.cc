#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "document/begin.h"
#include "document/node.h"
#include "document/toml_cursor.h"
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

class Reader : TomlCursor {
 public:
  Reader(const Document& document, const Limits& limits)
      : TomlCursor(document, limits), limits_(limits) {}

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
        SLUICE_TRY_ASSIGN(part.text, text(false));
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
      SLUICE_TRY_ASSIGN(into.text, text(true));
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

  const Limits& limits_;
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
