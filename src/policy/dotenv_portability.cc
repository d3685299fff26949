#include "policy/dotenv_portability.h"

#include <algorithm>

#include "base/text.h"

namespace sluice::policy {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_';
}

struct Reading {
  std::string_view readings;
  std::string_view form;
};

bool is_shell_name(std::string_view key) {
  return !is_digit(key[0]) && std::all_of(key.begin(), key.end(), is_name);
}

// Of a value without quotes; a trailing comment is gone.
Reading unquoted(std::string_view value) {
  if (value.find("$(") != value.npos) {
    return {"a shell and dotenvx run what is in `$(...)`, others keep it",
            "put the value in single quotes"};
  }
  if (value.find("$$") != value.npos) {
    return {"a shell puts its process id for `$$`, docker compose a single `$`, others keep both",
            "put the value in single quotes"};
  }
  if (value.find("\\$") != value.npos) {
    return {"node dotenv and python-dotenv keep the backslash, others drop it",
            "put the value in single quotes"};
  }
  if (value.find('$') != value.npos) {
    return {"node dotenv expands nothing, python-dotenv only `${NAME}`, others `$NAME` too",
            "write the whole value, or put it in single quotes if the `$` is meant"};
  }
  if (value.find('`') != value.npos) {
    return {"a shell runs what is in backticks, node dotenv takes them for quotes",
            "put the value in single quotes"};
  }
  if (value.find('#') != value.npos) {
    return {"node dotenv cuts the value at `#`, others keep it", "put the value in quotes"};
  }
  if (std::any_of(value.begin(), value.end(), is_blank)) {
    return {"a shell takes the second word for a command", "put the value in quotes"};
  }
  if (value.find_first_of("&;|<>()") != value.npos) {
    return {"a shell acts upon `&`, `;`, `|`, `<`, `>`, `(` and `)`", "put the value in quotes"};
  }
  return {};
}

Reading quoted(char quote, std::string_view inner) {
  if (quote == '`') {
    return {"a shell runs what is in backticks, node dotenv takes them for quotes, others keep them",
            "use single quotes"};
  }
  if (quote == '\'' && inner.find("${") != inner.npos) {
    return {"python-dotenv expands `${...}` even in single quotes, others do not",
            "write the whole value"};
  }
  if (quote == '\'') return {};
  if (inner.find("$(") != inner.npos) return unquoted("$(");
  if (inner.find("$$") != inner.npos) return unquoted("$$");
  if (inner.find("\\$") != inner.npos) return unquoted("\\$");
  if (inner.find('$') != inner.npos) return unquoted("$");
  if (inner.find("\\n") != inner.npos || inner.find("\\t") != inner.npos) {
    return {"a shell keeps `\\n` as two characters, others make a new line of it",
            "write a real line break inside of the quotes"};
  }
  return {};
}

class Finder {
 public:
  explicit Finder(std::string_view text) : text_(text) {}

  std::vector<DotenvDifference> find() {
    if (text_.starts_with(byte_order_mark)) {
      add(0, 0, {}, {"a shell and python-dotenv take the byte order mark for a part of the first name",
                     "save the file without it"});
      text_.remove_prefix(byte_order_mark.size());
    }
    if (text_.find('\r') != text_.npos) {
      add(0, 0, {}, {"a shell keeps the carriage return at the end of each value",
                     "save the file with line ends of one `\\n`"});
    }
    while (at_ < text_.size()) {
      ++line_;
      look();
      const std::size_t end = text_.find('\n', at_);
      at_ = end == text_.npos ? text_.size() : end + 1;
    }
    return std::move(found_);
  }

 private:
  std::string_view rest_of_line() const {
    std::string_view line = text_.substr(at_, text_.find('\n', at_) - at_);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }

  void add(std::size_t start, std::size_t end, std::string_view key, const Reading& reading,
           bool is_about_value = false) {
    found_.push_back({std::max<std::size_t>(line_, 1), start, end, std::string(key),
                      std::string(reading.readings), std::string(reading.form), is_about_value});
  }

  void look() {
    const std::string_view line = rest_of_line();
    std::size_t i = line.find_first_not_of(" \t");
    if (i == line.npos || line[i] == '#') return;
    if (line.substr(i).starts_with("export ")) i = line.find_first_not_of(' ', i + 7);
    if (i == line.npos) return;
    std::size_t end = i;
    while (end < line.size() && (is_name(line[end]) || line[end] == '.' || line[end] == '-')) ++end;
    const std::string_view key = line.substr(i, end - i);
    if (key.empty()) return;
    std::size_t sign = end;
    while (sign < line.size() && is_blank(line[sign])) ++sign;
    if (sign == line.size() || line[sign] == '#') {
      add(i, end, key, {"docker compose takes the value from its own environment, python-dotenv has none, "
                        "node drops the line, a shell runs it", "write `NAME=`"});
      return;
    }
    if (line[sign] == ':') {
      add(i, end, key, {"node and docker compose take `:` for `=`, python-dotenv and a shell do not",
                        "write `NAME=value`"});
      return;
    }
    if (line[sign] != '=') return;
    const std::size_t value = line.find_first_not_of(" \t", sign + 1);
    if (!is_shell_name(key)) {
      add(i, end, key, {"a shell knows only letters, digits and `_` in a name, not at its start a digit",
                        "rename the variable"});
    } else if (sign > end || (value != line.npos && value > sign + 1 && line[value] != '#')) {
      add(i, end, key, {"a shell takes the name for a command when a blank stands around `=`",
                        "write `NAME=value` without blanks"});
    } else if (value != line.npos && line[value] != '#') {
      look_at_value(line, value, key);
      return;
    }
    skip_quoted(line, value);
  }

  // Moves on to the closing quote's line where a quoted value has several.
  std::size_t closing_quote(std::size_t open) const {
    const char quote = text_[open];
    for (std::size_t i = open + 1; i < text_.size(); ++i) {
      if (text_[i] == '\\' && quote == '"') {
        ++i;
      } else if (text_[i] == quote) {
        return i;
      }
    }
    return text_.npos;
  }

  void skip_quoted(std::string_view line, std::size_t value) {
    if (value == line.npos || (line[value] != '"' && line[value] != '\'')) return;
    const std::size_t close = closing_quote(at_ + value);
    if (close != text_.npos) move_to(close);
  }

  void move_to(std::size_t offset) {
    line_ += static_cast<std::size_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                                 text_.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
    at_ = offset;
  }

  void look_at_value(std::string_view line, std::size_t value, std::string_view key) {
    const char quote = line[value];
    if (quote != '"' && quote != '\'' && quote != '`') {
      std::size_t end = line.size();
      for (std::size_t i = value; i < end; ++i) {
        if (line[i] == '#' && is_blank(line[i - 1])) end = i;
      }
      while (end > value && is_blank(line[end - 1])) --end;
      const Reading reading = unquoted(line.substr(value, end - value));
      if (!reading.readings.empty()) add(value, end, key, reading, true);
      return;
    }
    const std::size_t close = closing_quote(at_ + value);
    if (close == text_.npos) {
      add(value, line.size(), key,
          {"python-dotenv skips the line, docker compose refuses the file, node keeps the quote, a "
           "shell swallows what follows", "close the quote"}, true);
      return;
    }
    const std::string_view inner = text_.substr(at_ + value + 1, close - at_ - value - 1);
    const std::size_t line_end = std::min(text_.find('\n', close), text_.size());
    const std::string_view behind = base::trim(text_.substr(close + 1, line_end - close - 1));
    Reading reading = quoted(quote, inner);
    if (!behind.empty() && behind[0] != '#') {
      reading = {"python-dotenv skips a line with text behind the quote, docker compose refuses it, a "
                 "shell joins the two", "put all of the value in quotes"};
    }
    const bool is_one_line = inner.find('\n') == inner.npos;
    if (!reading.readings.empty()) {
      add(value, is_one_line ? value + inner.size() + 2 : line.size(), key, reading, true);
    }
    move_to(close);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 0;
  std::vector<DotenvDifference> found_;
};

}  // namespace

std::vector<DotenvDifference> dotenv_differences(std::string_view text) {
  return Finder(text).find();
}

}  // namespace sluice::policy
