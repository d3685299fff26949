#include "deploy/python.h"

#include <algorithm>

namespace sluice::deploy {
namespace {

constexpr std::size_t longest_call = 4096;

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

// A place in the text and the line it is on.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[at_]; }
  std::size_t offset() const { return at_; }

  void advance(std::size_t bytes = 1) {
    for (; bytes > 0 && !at_end(); --bytes, ++at_) {
      if (text_[at_] == '\n') mark_ = {mark_.line + 1, 0};
      const bool is_continuation = (static_cast<unsigned char>(text_[at_]) & 0xC0) == 0x80;
      if (!is_continuation) ++mark_.column;
    }
  }

  document::Mark mark() const { return mark_; }

  void skip_comment() {
    while (!at_end() && peek() != '\n') advance();
  }

  // A name with its dots: `os.environ.get`.
  std::string_view take_name() {
    const std::size_t start = at_;
    while (!at_end() && (is_name_byte(peek()) || peek() == '.')) advance();
    return text_.substr(start, at_ - start);
  }

  // What is between the quotes here; the cursor is left behind them.
  std::string_view take_string() {
    const char quote = peek();
    const std::string_view rest = text_.substr(at_);
    const bool is_long = rest.size() > 2 && rest[1] == quote && rest[2] == quote;
    advance(is_long ? 3 : 1);
    const std::size_t start = at_;
    while (!at_end() && !(peek() == '\n' && !is_long) && !closes(quote, is_long))
      advance(peek() == '\\' ? 2 : 1);
    const std::string_view content = text_.substr(start, std::min(at_, text_.size()) - start);
    if (closes(quote, is_long)) advance(is_long ? 3 : 1);
    return content;
  }

 private:
  bool closes(char quote, bool is_long) const {
    const std::string_view rest = text_.substr(std::min(at_, text_.size()));
    if (!is_long) return rest.starts_with(quote);
    return rest.size() > 2 && rest[0] == quote && rest[1] == quote && rest[2] == quote;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  document::Mark mark_;
};

bool is_quote(char c) { return c == '"' || c == '\''; }

// `r"`, `b"`, `f"` and their pairs.
bool is_string_prefix(std::string_view name) {
  return name.size() <= 2 && name.find_first_not_of("rbfuRBFU") == name.npos;
}

// Reads the arguments behind an opening parenthesis.
class Arguments {
 public:
  explicit Arguments(Cursor cursor) : cursor_(cursor), end_(cursor.offset() + longest_call) {}

  std::vector<PythonArgument> read() {
    while (!cursor_.at_end() && cursor_.offset() < end_ && depth_ > 0) step();
    return std::move(arguments_);
  }

 private:
  void step() {
    const char c = cursor_.peek();
    if (c == '#') return cursor_.skip_comment();
    if (is_quote(c)) return take_string(false);
    if (is_name_byte(c)) return take_name();
    const bool is_space = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\\';
    if (c == '(' || c == '[' || c == '{') ++depth_;
    if (c == ')' || c == ']' || c == '}') --depth_;
    cursor_.advance();
    if (depth_ == 0 || (c == ',' && depth_ == 1)) return finish();
    if (c == '=' && depth_ == 1 && parts_ == 1 && !name_.empty() && cursor_.peek() != '=') {
      argument_.keyword = std::move(name_);
      name_.clear();
      parts_ = 0;
    } else if (!is_space) {
      ++parts_;
    }
  }

  void take_string(bool is_formatted) {
    const document::Mark at = cursor_.mark();
    const std::string_view text = cursor_.take_string();
    if (parts_++ > 0 || is_formatted || depth_ != 1) return;
    argument_.text = text;
    argument_.at = at;
    argument_.is_literal = true;
  }

  void take_name() {
    const std::string_view name = cursor_.take_name();
    if (is_quote(cursor_.peek()) && is_string_prefix(name))
      return take_string(name.find_first_of("fF") != name.npos);
    name_ = parts_++ == 0 ? std::string(name) : std::string();
  }

  void finish() {
    if (parts_ != 1) argument_.is_literal = false;
    if (!argument_.is_literal) argument_.text.clear();
    if (parts_ > 0 || !argument_.keyword.empty()) arguments_.push_back(std::move(argument_));
    argument_ = {};
    name_.clear();
    parts_ = 0;
  }

  Cursor cursor_;
  std::size_t end_;
  std::size_t depth_ = 1;
  std::size_t parts_ = 0;  // what the argument is made of so far
  std::string name_;       // the part, if it is one name
  PythonArgument argument_;
  std::vector<PythonArgument> arguments_;
};

bool is_called(std::string_view name, std::span<const std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view wanted) {
    return name.ends_with(wanted) &&
           (name.size() == wanted.size() || name[name.size() - wanted.size() - 1] == '.');
  });
}

}  // namespace

const PythonArgument* PythonCall::literal(std::string_view keyword, std::size_t position) const {
  const PythonArgument* found = nullptr;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const PythonArgument& argument = arguments[i];
    if (argument.keyword.empty() ? i == position : argument.keyword == keyword) found = &argument;
  }
  return found != nullptr && found->is_literal ? found : nullptr;
}

std::vector<PythonCall> read_python_calls(std::string_view text,
                                          std::span<const std::string_view> names) {
  std::vector<PythonCall> calls;
  Cursor cursor(text);
  while (!cursor.at_end()) {
    const char c = cursor.peek();
    if (c == '#') {
      cursor.skip_comment();
    } else if (is_quote(c)) {
      cursor.take_string();
    } else if (is_name_byte(c)) {
      const document::Mark at = cursor.mark();
      const std::string_view name = cursor.take_name();
      if (cursor.peek() != '(' || !is_called(name, names)) continue;
      cursor.advance();
      calls.push_back({std::string(name), at, Arguments(cursor).read()});
    } else {
      cursor.advance();
    }
  }
  return calls;
}

}  // namespace sluice::deploy
