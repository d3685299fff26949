#include "git/config_text.h"

#include <charconv>

#include "base/text.h"
#include "git/environment.h"

namespace sluice::git {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_key_character(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-'; }

// Reads a file's characters one by one; CRLF counts as one line end.
class ConfigReader {
 public:
  ConfigReader(std::string_view text, const std::string& where) : text_(text), where_(where) {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
  }

  Result<std::vector<ConfigEntry>> run() {
    while (at_ < text_.size()) {
      const char c = peek();
      if (c == '\n' || is_space(c)) {
        take();
      } else if (c == '#' || c == ';') {
        skip_line();
      } else if (c == '[') {
        SLUICE_TRY(read_section());
      } else {
        SLUICE_TRY(read_variable());
      }
    }
    return std::move(entries_);
  }

 private:
  bool at_end() const { return at_ >= text_.size(); }
  char peek() const {
    if (at_end()) return '\n';
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') return '\n';
    return text_[at_];
  }
  char take() {
    const char c = peek();
    if (c == '\n') ++line_;
    at_ += c == '\n' && !at_end() && text_[at_] == '\r' ? 2 : 1;
    return c;
  }
  void skip_line() {
    while (!at_end() && peek() != '\n') take();
  }
  tl::unexpected<Error> broken(const char* why) const {
    return fail(ErrorKind::corrupt, std::string("malformed configuration: ") + why,
                where_ + ":" + std::to_string(line_));
  }

  // `[section]`, `[section "Subsection"]`, or the old `[section.sub]`.
  Status read_section() {
    take();
    section_.clear();
    while (is_key_character(peek()) || peek() == '.') section_ += take();
    section_ = base::to_lower(section_);
    if (section_.empty()) return broken("a section without a name");
    if (is_space(peek())) SLUICE_TRY(read_subsection());
    if (peek() != ']' || at_end()) return broken("a section that does not end");
    take();
    return {};
  }

  Status read_subsection() {
    while (is_space(peek())) take();
    if (peek() != '"') return broken("a subsection without quotes");
    take();
    section_ += '.';
    while (peek() != '"') {
      if (peek() == '\n') return broken("a subsection that does not end");
      if (peek() == '\\') {
        take();
        if (peek() == '\n') return broken("a subsection that does not end");
      }
      section_ += take();
    }
    take();
    return {};
  }

  Status read_variable() {
    if (section_.empty()) return broken("a variable outside of any section");
    if (!is_letter(peek())) return broken("a line that is no variable");
    std::string name;
    while (is_key_character(peek())) name += take();
    while (is_space(peek())) take();
    ConfigEntry entry{section_ + "." + base::to_lower(name), {}};
    if (peek() == '=') {
      take();
      SLUICE_TRY_ASSIGN(entry.value, read_value());
    } else if (peek() == '#' || peek() == ';') {
      skip_line();
    } else if (peek() != '\n') {
      return broken("a variable without `=`");
    }
    entries_.push_back(std::move(entry));
    return {};
  }

  // White space around the value goes; that within stays, each character as a space.
  Result<std::string> read_value() {
    std::string value;
    std::size_t spaces = 0;
    bool quoted = false;
    while (peek() != '\n') {
      const char c = take();
      if (!quoted && is_space(c)) {
        if (!value.empty()) ++spaces;
        continue;
      }
      if (!quoted && (c == '#' || c == ';')) {
        skip_line();
        break;
      }
      value.append(spaces, ' ');
      spaces = 0;
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\') {
        if (!take_escaped(value)) return broken("an unknown escape");
      } else {
        value += c;
      }
    }
    if (quoted) return broken("a value whose quotes do not end");
    return value;
  }

  // What follows a backslash; an escaped line end continues the value.
  bool take_escaped(std::string& value) {
    if (at_end()) return false;
    switch (take()) {
      case '\n': return true;
      case 't': value += '\t'; return true;
      case 'b': value += '\b'; return true;
      case 'n': value += '\n'; return true;
      case '\\': value += '\\'; return true;
      case '"': value += '"'; return true;
      default: return false;
    }
  }

  std::string_view text_;
  const std::string& where_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::string section_;
  std::vector<ConfigEntry> entries_;
};

}  // namespace

Result<std::vector<ConfigEntry>> parse_config(std::string_view text, const std::string& where) {
  return ConfigReader(text, where).run();
}

std::optional<bool> parse_config_bool(const ConfigEntry& entry) {
  if (!entry.value) return true;
  const std::string word = base::to_lower(*entry.value);
  if (word == "true" || word == "yes" || word == "on") return true;
  if (word.empty() || word == "false" || word == "no" || word == "off") return false;
  long number = 0;
  std::string_view digits = word;
  if (digits.starts_with('+')) digits.remove_prefix(1);
  if (!digits.empty() && std::string_view("kmg").find(digits.back()) != std::string_view::npos)
    digits.remove_suffix(1);
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || stop != digits.data() + digits.size()) return std::nullopt;
  return number != 0;
}

}  // namespace sluice::git
