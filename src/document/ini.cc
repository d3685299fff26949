#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "document/begin.h"
#include "document/node.h"
#include "document/outline.h"

// After Lib/configparser.py of Python 3.11 (RawConfigParser._read), with positions.

namespace sluice::document {
namespace {

constexpr std::string_view blanks = " \t\r\f\v";

// An option whose value may still be continued.
struct Option {
  Token key;
  std::vector<std::string> lines;
  std::size_t start = 0;  // of the value, in bytes from the start of the text
  std::size_t end = 0;
  bool is_open = false;
};

class Reader {
 public:
  Reader(const Document& document, Outline& outline)
      : lines_(document.lines), outline_(outline), marker_(document.lines) {}

  Status read() {
    Token root;
    root.kind = Kind::mapping;
    SLUICE_TRY(outline_.open(std::move(root)));
    std::size_t offset = 0;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string_view line = lines_[i];
      SLUICE_TRY(take(line, offset));
      offset += line.size();
      while (offset < lines_.text().size() && lines_.text()[offset] != '\n') ++offset;
      ++offset;
    }
    SLUICE_TRY(finish_option());
    close_section();
    outline_.close({}, false);
    return {};
  }

 private:
  Status take(std::string_view line, std::size_t offset) {
    const std::size_t indent = std::min(line.find_first_not_of(blanks), line.size());
    const std::string_view value = base::trim(line);
    const bool is_comment = value.starts_with('#') || value.starts_with(';');
    if (value.empty() || is_comment) {
      // An empty line may belong to a value of several lines; a comment does not.
      if (!is_comment && option_.is_open) option_.lines.emplace_back();
      return {};
    }
    if (in_section_ && option_.is_open && indent > indent_) {
      option_.lines.emplace_back(value);
      option_.end = offset + indent + value.size();
      return {};
    }
    indent_ = indent;
    if (value.size() > 2 && value[0] == '[' && value.rfind(']') != std::string_view::npos &&
        value.rfind(']') > 1) {
      return section(value, offset + indent);
    }
    if (!in_section_) {
      return wrong("a key before the first section", offset + indent, "begin with a `[section]`");
    }
    return option(value, offset + indent);
  }

  tl::unexpected<Error> wrong(std::string what, std::size_t offset, std::string remedy) {
    return outline_.error(ErrorKind::invalid_input, std::move(what), lines_.mark_of_byte(offset),
                          std::move(remedy));
  }

  void close_section() {
    if (in_section_) outline_.close({}, false);
    in_section_ = false;
  }

  Status section(std::string_view value, std::size_t offset) {
    SLUICE_TRY(finish_option());
    close_section();
    Token key;
    key.kind = Kind::scalar;
    key.type = ScalarType::string;
    key.text = value.substr(1, value.rfind(']') - 1);
    key.mark = marker_.at(offset);
    key.end = marker_.at(offset + value.rfind(']') + 1);
    Token mapping;
    mapping.kind = Kind::mapping;
    mapping.mark = key.mark;
    mapping.end = key.end;
    SLUICE_TRY(outline_.add_scalar(std::move(key)));
    SLUICE_TRY(outline_.open(std::move(mapping)));
    in_section_ = true;
    return {};
  }

  Status option(std::string_view value, std::size_t offset) {
    SLUICE_TRY(finish_option());
    const std::size_t delimiter = value.find_first_of("=:");
    if (delimiter == std::string_view::npos) {
      return wrong("a key without `=` or `:`", offset, "write `key = value`");
    }
    const std::string_view name = base::trim(value.substr(0, delimiter));
    if (name.empty()) return wrong("a value without its key", offset, "write `key = value`");
    option_ = {};
    option_.is_open = true;
    option_.key.kind = Kind::scalar;
    option_.key.type = ScalarType::string;
    option_.key.text = base::to_lower(name);
    option_.key.mark = marker_.at(offset);
    option_.key.end = marker_.at(offset + name.size());
    const std::string_view rest = base::trim(value.substr(delimiter + 1));
    option_.start = rest.empty() ? offset + delimiter + 1
                                 : offset + static_cast<std::size_t>(rest.data() - value.data());
    option_.end = option_.start + rest.size();
    option_.lines.emplace_back(rest);
    return {};
  }

  Status finish_option() {
    if (!option_.is_open) return {};
    option_.is_open = false;
    std::string text;
    for (const std::string& line : option_.lines) text += line + "\n";
    while (!text.empty() && (blanks.find(text.back()) != blanks.npos || text.back() == '\n')) {
      text.pop_back();
    }
    Token value;
    value.kind = Kind::scalar;
    value.type = ScalarType::string;
    value.text = std::move(text);
    value.mark = marker_.at(option_.start);
    value.end = marker_.at(option_.end);
    SLUICE_TRY(outline_.add_scalar(std::move(option_.key)));
    return outline_.add_scalar(std::move(value));
  }

  const Lines& lines_;
  Outline& outline_;
  Marker marker_;
  Option option_;
  std::size_t indent_ = 0;
  bool in_section_ = false;
};

}  // namespace

Result<Document> parse_ini(std::string_view text, std::string path, const Limits& limits) {
  SLUICE_TRY_ASSIGN(Document document, begin_document(Format::ini, text, path, limits));
  Outline outline(path, limits);
  SLUICE_TRY(Reader(document, outline).read());
  document.root = outline.build();
  document.documents = document.root.entries.empty() ? 0 : 1;
  return document;
}

}  // namespace sluice::document
