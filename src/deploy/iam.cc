#include "deploy/iam.h"

#include <algorithm>

#include "base/text.h"

namespace sluice::deploy {
namespace {

constexpr std::size_t deepest = 256;

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Words, quoted texts and braces, as JSON and HCL both have them.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), open_(1) {}

  std::vector<IamStatement> read() {
    while (at_ < text_.size()) step();
    return std::move(found_);
  }

 private:
  void step() {
    const char c = text_[at_];
    if (c == '"') return take(quoted(), true);
    if (is_name_byte(c) && reads_resources()) return take_expression();
    if (is_name_byte(c)) return take(word(), false);
    ++at_;
    if (c == '\n') {
      ++line_;
    } else if (c == '#' || (c == '/' && at_ < text_.size() && text_[at_] == '/')) {
      skip_line();
    } else if (c == '{') {
      ++depth_;
      if (depth_ < deepest) open_.emplace_back();
    } else if (c == '}' && depth_ > 0) {
      if (depth_ < deepest) close();
      --depth_;
    } else if (c == '=' || c == ':') {
      key_ = base::to_lower(last_);
    }
  }

  void skip_line() {
    while (at_ < text_.size() && text_[at_] != '\n') ++at_;
  }

  std::string_view quoted() {
    const std::size_t start = ++at_;
    while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\n')
      at_ += text_[at_] == '\\' ? 2 : 1;
    at_ = std::min(at_, text_.size());
    const std::string_view content = text_.substr(start, at_ - start);
    if (at_ < text_.size() && text_[at_] == '"') ++at_;
    return content;
  }

  std::string_view word() {
    const std::size_t start = at_;
    while (at_ < text_.size() && is_name_byte(text_[at_])) ++at_;
    return text_.substr(start, at_ - start);
  }

  void take(std::string_view text, bool is_quoted) {
    last_ = text;
    if (!is_quoted) return;
    IamStatement& statement = open_.back();
    if (key_ == "action" || key_ == "actions") {
      if (statement.actions.empty()) statement.line = line_;
      if (!is_key()) statement.actions.emplace_back(text);
    } else if (reads_resources()) {
      if (!is_key()) statement.resources.emplace_back(text);
    } else if (key_ == "effect") {
      statement.is_denial = statement.is_denial || text == "Deny";
    }
  }

  bool reads_resources() const { return key_ == "resource" || key_ == "resources"; }

  // `aws_secretsmanager_secret.db["a"].arn`, or the next attribute's or block's name.
  void take_expression() {
    const std::size_t start = at_;
    bool is_quoted = false;
    std::size_t brackets = 0;
    for (; at_ < text_.size() && text_[at_] != '\n'; ++at_) {
      const char c = text_[at_];
      if (c == '"') is_quoted = !is_quoted;
      if (c == '[') ++brackets;
      if (is_quoted || c == '"') continue;
      if (c == ']' && brackets == 0) break;
      if (c == ']') --brackets;
      const bool is_part = is_name_byte(c) || c == '.' || c == '[' || c == ']' || c == '*' || c == '-';
      if (!is_part && brackets == 0) break;
    }
    last_ = text_.substr(start, at_ - start);
    const std::size_t next = text_.find_first_not_of(" \t", at_);
    const char follows = next == text_.npos ? '\0' : text_[next];
    if (follows == '=' || follows == '{' || follows == '"' || follows == ':') {
      if (follows != '=' && follows != ':') key_.clear();
      return;
    }
    open_.back().expressions.emplace_back(last_);
  }

  // Whether the text just read is followed by `:` or `=`.
  bool is_key() const {
    const std::size_t next = text_.find_first_not_of(" \t", at_);
    return next != text_.npos && (text_[next] == ':' || text_[next] == '=');
  }

  void close() {
    if (!open_.back().actions.empty()) found_.push_back(std::move(open_.back()));
    open_.pop_back();
    key_.clear();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  std::size_t depth_ = 0;
  std::string_view last_;
  std::string key_;  // whose values are being read
  std::vector<IamStatement> open_;
  std::vector<IamStatement> found_;
};

}  // namespace

std::vector<IamStatement> read_iam_statements(std::string_view text) { return Reader(text).read(); }

}  // namespace sluice::deploy
