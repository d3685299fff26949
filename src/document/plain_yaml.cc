#include "document/plain_yaml.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "document/scalar.h"

namespace sluice::document {
namespace {

constexpr std::size_t longest_key = 128;  // libyaml takes up to 1024 bytes

constexpr bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

constexpr bool is_key_char(char c) { return is_alphanumeric(c) || c == '_' || c == '-' || c == '.' || c == '/'; }

// Looks at all of the text, so that the compiler may look at many bytes at once.
bool is_printable(std::string_view text) {
  constexpr std::size_t step = 64;
  unsigned char others = 0;
  const auto look = [&](const char* at, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) others |= static_cast<unsigned char>((at[i] < ' ' && at[i] != '\n') || at[i] > '~');
  };
  std::size_t at = 0;
  for (; at + step <= text.size(); at += step) look(text.data() + at, step);
  look(text.data() + at, text.size() - at);
  return others == 0;
}

// Characters that begin a plain value and mean nothing else. `-` does so before a number or word.
bool begins_plain(std::string_view text) {
  if (text[0] == '-') return text.size() > 1 && (is_alphanumeric(text[1]) || text[1] == '.');
  return is_alphanumeric(text[0]) || std::string_view("_./~+$(<=").find(text[0]) != std::string_view::npos;
}

// True for nothing, and for blanks with a comment behind them.
bool is_rest(std::string_view text) {
  const std::size_t at = text.find_first_not_of(' ');
  return at == std::string_view::npos || (at > 0 && text[at] == '#');
}

// The bytes of a plain value at the start of `text`; nothing where it might be a mapping.
std::optional<std::size_t> plain_length(std::string_view text) {
  std::size_t end = 0;  // behind the last that is no blank
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == ' ') continue;
    if (c == '#' && text[at - 1] == ' ') break;
    if (c == ':' && (at + 1 == text.size() || text[at + 1] == ' ')) return std::nullopt;
    end = at + 1;
  }
  return end;
}

class Reader {
 public:
  Reader(const Lines& lines, YamlSchema schema, Outline& outline)
      : lines_(lines), schema_(schema), outline_(outline) {}

  Result<bool> read() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string_view line = lines_[i];
      const std::size_t indent = line.find_first_not_of(' ');
      if (indent == std::string_view::npos || line[indent] == '#') continue;
      line_ = static_cast<std::uint32_t>(i + 1);
      SLUICE_TRY_ASSIGN(const bool is_read, read_line(line, indent));
      if (!is_read) return false;
    }
    if (levels_.empty()) return false;
    SLUICE_TRY(add_absent());
    while (!levels_.empty()) close();
    return true;
  }

 private:
  struct Level {
    std::size_t indent;
    bool is_list;
  };

  Mark at(std::size_t offset) const { return {line_, static_cast<std::uint32_t>(offset + 1)}; }

  void close() {
    outline_.close({}, false);
    levels_.pop_back();
  }

  // The value of a key with nothing behind it is null, right behind its `:`.
  Status add_absent() {
    if (!absent_) return {};
    Token token;
    token.mark = token.end = *std::exchange(absent_, std::nullopt);
    return outline_.add_scalar(std::move(token));
  }

  Result<bool> read_line(std::string_view line, std::size_t indent) {
    const bool is_item = line[indent] == '-' && indent + 1 < line.size() && line[indent + 1] == ' ';
    SLUICE_TRY_ASSIGN(const bool is_placed, place(indent, is_item));
    if (!is_placed) return false;
    if (!is_item) return read_entry(line, indent);
    const std::size_t start = line.find_first_not_of(' ', indent + 1);
    if (start == std::string_view::npos) return false;
    if (!key_length(line.substr(start))) return read_value(line, start);
    SLUICE_TRY(open(start, false));
    return read_entry(line, start);
  }

  // Ends what ends before a line that begins at `indent`, and begins what begins there.
  Result<bool> place(std::size_t indent, bool is_item) {
    const bool is_below = levels_.empty() ? indent == 0 : absent_ && is_child(indent, is_item);
    if (is_below) {
      absent_.reset();
      SLUICE_TRY(open(indent, is_item));
      return true;
    }
    SLUICE_TRY(add_absent());
    while (!levels_.empty() && levels_.back().indent > indent) close();
    // A list may stand as far to the left as the key that it belongs to.
    if (!levels_.empty() && levels_.back().is_list && !is_item) close();
    return !levels_.empty() && levels_.back().indent == indent && levels_.back().is_list == is_item;
  }

  bool is_child(std::size_t indent, bool is_item) const {
    return indent > levels_.back().indent || (indent == levels_.back().indent && is_item);
  }

  Status open(std::size_t indent, bool is_list) {
    Token token;
    token.kind = is_list ? Kind::sequence : Kind::mapping;
    token.mark = token.end = at(indent);
    levels_.push_back({indent, is_list});
    return outline_.open(std::move(token));
  }

  // The bytes of the key at the start of `text`, if there is one.
  static std::optional<std::size_t> key_length(std::string_view text) {
    if (!is_alphanumeric(text[0]) && text[0] != '_') return std::nullopt;
    std::size_t length = 1;
    while (length < text.size() && is_key_char(text[length])) ++length;
    if (length > longest_key || length == text.size() || text[length] != ':') return std::nullopt;
    if (length + 1 < text.size() && text[length + 1] != ' ') return std::nullopt;
    return length;
  }

  Result<bool> read_entry(std::string_view line, std::size_t start) {
    const auto length = key_length(line.substr(start));
    if (!length) return false;
    SLUICE_TRY(add_plain(line, start, *length));
    const std::size_t colon = start + *length;
    if (is_rest(line.substr(colon + 1))) {
      absent_ = at(colon + 1);
      return true;
    }
    return read_value(line, line.find_first_not_of(' ', colon + 1));
  }

  // The value at `start`, which nothing but a comment may follow.
  Result<bool> read_value(std::string_view line, std::size_t start) {
    const char first = line[start];
    if (first == '"' || first == '\'') return read_quoted(line, start);
    if (!begins_plain(line.substr(start))) return false;
    const auto length = plain_length(line.substr(start));
    if (!length) return false;
    SLUICE_TRY(add_plain(line, start, *length));
    return true;
  }

  Result<bool> read_quoted(std::string_view line, std::size_t start) {
    const std::size_t end = line.find(line[start], start + 1);
    if (end == std::string_view::npos || !is_rest(line.substr(end + 1))) return false;
    const std::string_view text = line.substr(start + 1, end - start - 1);
    if (line[start] == '"' && text.find('\\') != std::string_view::npos) return false;
    Token token;
    token.kind = Kind::scalar;
    token.type = ScalarType::string;
    token.quoted = true;
    token.mark = at(start);
    token.end = at(end + 1);
    token.text = text;
    SLUICE_TRY(outline_.add_scalar(std::move(token)));
    return true;
  }

  Status add_plain(std::string_view line, std::size_t start, std::size_t length) {
    Token token;
    token.text = line.substr(start, length);
    token.type = schema_ == YamlSchema::yaml_1_1 ? resolve_yaml_1_1(token.text) : resolve_yaml_1_2(token.text);
    token.kind = token.type == ScalarType::null ? Kind::null : Kind::scalar;
    token.mark = at(start);
    token.end = at(start + length);
    return outline_.add_scalar(std::move(token));
  }

  const Lines& lines_;
  YamlSchema schema_;
  Outline& outline_;
  std::vector<Level> levels_;
  std::optional<Mark> absent_;  // behind the `:` of the last key, while no value is seen
  std::uint32_t line_ = 0;
};

}  // namespace

Result<bool> read_plain_yaml(const Lines& lines, YamlSchema schema, Outline& outline) {
  if (!is_printable(lines.text())) return false;
  return Reader(lines, schema, outline).read();
}

}  // namespace sluice::document
