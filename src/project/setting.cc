#include "project/setting.h"

#include <algorithm>
#include <initializer_list>

#include "base/text.h"

namespace sluice::project {
namespace {

constexpr std::size_t farthest = 200;

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }
bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.';
}

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return text.ends_with(ending); });
}

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view word) { return text.starts_with(word); });
}

class Reader {
 public:
  Reader(std::string_view text, std::size_t start, std::size_t end, FileRole role)
      : before_(text.substr(start - std::min(start, farthest), std::min(start, farthest))),
        rest_(text.substr(end, farthest)),
        role_(role) {}

  Setting read() {
    const bool is_expansion = before_.ends_with("${");
    if (is_expansion) return read_expansion();
    is_quoted_ = !rest_.empty() && (is_quote(rest_[0]) || rest_.starts_with("\\\""));
    if (is_quoted_) rest_.remove_prefix(rest_[0] == '\\' ? 2 : 1);
    if (is_quoted_ && !before_.empty()) before_.remove_suffix(1);
    if (const Setting pair = read_name_and_value(); pair.gives) return pair;
    if (is_item_of_list()) return {true, false, {}};
    while (!rest_.empty() && (rest_[0] == ']' || rest_[0] == ')')) rest_.remove_prefix(1);
    skip_blanks();
    return read_operator();
  }

 private:
  void skip_blanks() {
    while (!rest_.empty() && is_blank(rest_[0])) rest_.remove_prefix(1);
  }

  bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  // `${X:-dev}`, `${X-dev}`, Spring's `${X:dev}`.
  Setting read_expansion() {
    Setting setting;
    if (starts_with_any(rest_, {":?", "?", ":+", "+", "}"})) return setting;
    if (!take(":-") && !take(":=") && !take("-") && !take(":")) return setting;
    setting.value = rest_.substr(0, length_of_name());
    return setting;
  }

  // `name: X` with `value: prod` on the next line or behind a comma.
  Setting read_name_and_value() {
    Setting setting;
    const std::string_view line = before_.substr(before_.rfind('\n') + 1);
    std::string_view head = base::trim(line);
    const bool has_equals = head.ends_with('=');
    if (has_equals) head = base::trim(head.substr(0, head.size() - 1));
    if (!(has_equals ? head == "name" || head.ends_with("{name")
                     : ends_with_any(head, {"name:", "name\":", "Name:", "Name\":"}))) {
      return setting;
    }
    std::string_view next = rest_;
    while (!next.empty() && (is_blank(next[0]) || next[0] == '\n' || next[0] == '\r' ||
                             next[0] == ',' || is_quote(next[0]))) {
      next.remove_prefix(1);
    }
    if (!next.starts_with("value")) return setting;
    setting.gives = true;
    if (next.starts_with("valueFrom")) return setting;
    rest_ = next.substr(5);
    if (!rest_.empty() && is_quote(rest_[0])) rest_.remove_prefix(1);
    skip_blanks();
    if (!take(":") && !take("=")) return setting;
    read_value(setting, true);
    return setting;
  }

  // `environment: [X, Y]`: handed on from outside.
  bool is_item_of_list() const {
    return role_ == FileRole::deployment && !is_quoted_ && ends_with_any(before_, {"[", ", "}) &&
           starts_with_any(rest_, {"]", ","});
  }

  Setting read_operator() {
    Setting setting;
    if (starts_with_any(rest_, {"==", "!=", "=>", "=~", "::", ":?", ":+"})) return setting;
    const bool is_code = role_ == FileRole::code || role_ == FileRole::test;
    if (take(":=") || take("?=") || take("+=") || take("=")) {
      setting.gives = true;
      read_value(setting, !is_code);
    } else if (take(":")) {
      setting.gives = true;
      // `app_env: str = "dev"` gives a type before the value.
      const std::size_t equals = rest_.substr(0, rest_.find('\n')).find(" = ");
      if (is_code && equals != rest_.npos) rest_.remove_prefix(equals + 3);
      read_value(setting, !is_code);
    } else if (is_quoted_ && before_.ends_with('(') && take(",")) {
      setting.gives = ends_with_any(call(), {"setenv", "setdefault", "Setenv", "set_var", "setEnv", "putenv"});
      read_value(setting, false);
    } else if (take("||") || take("??") || take("or ") || take("?:")) {
      read_value(setting, false);
    } else if (rest_.starts_with('.')) {
      read_fallback(setting);
    } else {
      read_word(setting);
    }
    return setting;
  }

  // The name of the function whose first argument the variable is.
  std::string_view call() const {
    std::string_view head = before_;
    if (head.ends_with('(')) head.remove_suffix(1);
    return head;
  }

  // `.unwrap_or("dev")`, `.orElse("dev")`.
  void read_fallback(Setting& setting) {
    const std::size_t open = rest_.find('(');
    if (open == rest_.npos || open > 40) return;
    const std::string_view name = rest_.substr(0, open);
    if (name.find("or") == name.npos && name.find("Or") == name.npos) return;
    const std::size_t quote = rest_.find('"');
    if (quote == rest_.npos || quote > open + 40) return;
    rest_.remove_prefix(quote);
    read_value(setting, false);
  }

  // `ENV X prod` of a Dockerfile, `- X` of a compose file, `ARG X`, `export X`, `-e X`.
  void read_word(Setting& setting) {
    const std::string_view head = before_;
    const bool is_end = rest_.empty() || rest_[0] == '\n' || rest_[0] == '\r';
    if (ends_with_any(head, {"ENV "})) {
      setting.gives = !is_end;
      if (!is_end) read_value(setting, true);
    } else if (ends_with_any(head, {"ARG ", "export ", "-e ", "--env ", "--build-arg "}) ||
               (is_end && head.ends_with("- "))) {
      setting.gives = true;
    }
  }

  std::size_t length_of_name() const {
    std::size_t length = 0;
    while (length < rest_.size() && is_name_byte(rest_[length])) ++length;
    return length;
  }

  void read_value(Setting& setting, bool takes_bare) {
    skip_blanks();
    if (take("default")) {
      skip_blanks();
      if (!take("=")) return;
      skip_blanks();
    }
    const bool is_quoted = !rest_.empty() && is_quote(rest_[0]);
    const char quote = is_quoted ? rest_[0] : '\0';
    if (is_quoted) rest_.remove_prefix(1);
    if (starts_with_any(rest_, {"$", "{{", "<", "var.", "local.", "@"})) {
      read_dynamic(setting);
      return;
    }
    if (!is_quoted && !takes_bare) return;
    const std::size_t length = length_of_name();
    const char next = length < rest_.size() ? rest_[length] : '\n';
    const bool is_whole =
        is_quoted ? next == quote
                  : std::string_view(" \t\r\n;,&|)\"'}#").find(next) != std::string_view::npos;
    if (length > 0 && is_whole) setting.value = rest_.substr(0, length);
  }

  void read_dynamic(Setting& setting) {
    if (rest_.starts_with("${") && !rest_.starts_with("${{")) {
      const std::size_t close = rest_.find('}');
      const std::string_view inner = rest_.substr(2, close == rest_.npos ? close : close - 2);
      const std::size_t dash = inner.find('-');
      if (dash != inner.npos && dash > 0) {
        rest_ = inner.substr(dash + 1);
        setting.value = rest_.substr(0, length_of_name());
      }
      return;
    }
    // What a matrix or a list of options gives stands in the same file.
    const std::string_view expression = rest_.substr(0, rest_.find("}}"));
    setting.is_open = !rest_.starts_with("${{") || expression.find("vars.") != expression.npos ||
                      expression.find("secrets.") != expression.npos ||
                      expression.find("inputs.") != expression.npos ||
                      expression.find("github.") != expression.npos;
    if (rest_.starts_with("${{") && expression.find("|| '") != expression.npos) {
      rest_ = rest_.substr(expression.find("|| '") + 4);
      setting.value = rest_.substr(0, length_of_name());
    }
  }

  std::string_view before_;
  std::string_view rest_;
  FileRole role_;
  bool is_quoted_ = false;
};

}  // namespace

Setting setting_at(std::string_view text, std::size_t start, std::size_t end, FileRole role) {
  return Reader(text, start, end, role).read();
}

}  // namespace sluice::project
