#include "policy/dockerfile.h"

#include <algorithm>

#include "base/text.h"

namespace sluice::policy {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t'; }

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return out;
}

// `<<EOF`, `3<<-"EOF"`: the word that ends the document, or empty. Not `$((1<<2))`, nor the here-string `<<< x`.
std::string here_document(std::string_view arguments) {
  const std::size_t at = arguments.find("<<");
  if (at == arguments.npos || arguments.substr(at + 2).starts_with('<')) return {};
  const std::size_t before = arguments.substr(0, at).find_last_not_of("0123456789");
  if (before != arguments.npos && !is_space(arguments[before])) return {};
  std::string word;
  for (const char c : arguments.substr(at + 2)) {
    if (c == '-' || c == '"' || c == '\'') continue;
    if (is_space(c)) break;
    word += c;
  }
  return word;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::vector<Instruction> read() {
    std::vector<Instruction> found;
    while (next_line()) {
      const std::string_view line = base::trim(line_);
      if (line.starts_with('#')) read_directive(line);
      if (line.empty() || line.starts_with('#')) continue;
      found.push_back(read_instruction(line));
      const std::string end = here_document(found.back().arguments);
      while (!end.empty() && next_line() && base::trim(line_) != end) {
      }
    }
    return found;
  }

 private:
  bool next_line() {
    if (text_.empty()) return false;
    const std::size_t end = text_.find('\n');
    line_ = text_.substr(0, end);
    if (line_.ends_with('\r')) line_.remove_suffix(1);
    text_ = end == text_.npos ? std::string_view() : text_.substr(end + 1);
    ++number_;
    return true;
  }

  void read_directive(std::string_view line) {
    const std::string_view rest = base::trim(line.substr(1));
    if (rest.starts_with("escape=") && rest.size() == 8) escape_ = rest.back();
  }

  Instruction read_instruction(std::string_view line) {
    Instruction instruction;
    instruction.line = number_;
    const std::size_t space = line.find_first_of(" \t");
    instruction.name = upper(line.substr(0, space));
    std::string_view rest =
        space == line.npos ? std::string_view() : base::trim(line.substr(space));
    while (rest.ends_with(escape_)) {
      instruction.arguments += rest.substr(0, rest.size() - 1);
      rest = {};
      while (next_line()) {
        rest = base::trim(line_);
        if (!rest.empty() && !rest.starts_with('#')) break;
        rest = {};
      }
    }
    instruction.arguments += rest;
    return instruction;
  }

  std::string_view text_;
  std::string_view line_;
  std::uint32_t number_ = 0;
  char escape_ = '\\';
};

// The next word, quotes taken off.
std::string take_word(std::string_view& text) {
  std::string word;
  char quote = '\0';
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quote == '\0' && is_space(c)) break;
    if (c == quote) {
      quote = '\0';
    } else if (quote == '\0' && (c == '"' || c == '\'')) {
      quote = c;
    } else {
      word += c;
    }
  }
  text = base::trim(text.substr(at));
  return word;
}

}  // namespace

std::vector<Instruction> read_dockerfile(std::string_view text) { return Reader(text).read(); }

std::vector<Assignment> read_assignments(std::string_view arguments, bool old_form) {
  std::vector<Assignment> found;
  std::string_view rest = base::trim(arguments);
  const std::size_t space = rest.find_first_of(" \t");
  const std::size_t equals = rest.find('=');
  if (old_form && space != rest.npos && (equals == rest.npos || space < equals)) {
    found.push_back(
        {std::string(rest.substr(0, space)), std::string(base::trim(rest.substr(space)))});
    return found;
  }
  while (!rest.empty()) {
    const std::string word = take_word(rest);
    const std::size_t at = word.find('=');
    if (at != word.npos) found.push_back({word.substr(0, at), word.substr(at + 1)});
  }
  return found;
}

}  // namespace sluice::policy
