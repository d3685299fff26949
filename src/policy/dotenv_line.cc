#include "policy/dotenv_line.h"

#include "base/text.h"

namespace sluice::policy {
namespace {

constexpr std::string_view key_bytes =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";

bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }

// Where the quote that `text` starts with ends, or npos. Only `"` knows the backslash.
std::size_t closing_quote(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\' && text[0] == '"')
      ++i;
    else if (text[i] == text[0])
      return i;
  }
  return std::string_view::npos;
}

std::string_view read_value(std::string_view text) {
  text = base::trim(text);
  if (text.empty() || text.front() == '#') return {};
  if (is_quote(text.front())) {
    const std::size_t end = closing_quote(text);
    return end == std::string_view::npos ? text.substr(1) : text.substr(1, end - 1);
  }
  for (std::size_t i = 1; i < text.size(); ++i)
    if (text[i] == '#' && (text[i - 1] == ' ' || text[i - 1] == '\t'))
      return base::trim(text.substr(0, i));
  return text;
}

}  // namespace

std::optional<DotenvAssignment> read_assignment(std::string_view line) {
  DotenvAssignment assignment;
  line = base::trim(line);
  while (line.starts_with('#')) {
    assignment.commented = true;
    line = base::trim(line.substr(1));
  }
  if (line.starts_with("export ")) line = base::trim(line.substr(7));
  const std::size_t end = line.find_first_not_of(key_bytes);
  if (end == 0 || end == std::string_view::npos) return std::nullopt;
  assignment.key = line.substr(0, end);
  std::string_view rest = line.substr(end);
  // A comment is prose more often than not, so there only `KEY=` counts.
  const bool colon = !assignment.commented && (rest.starts_with(": ") || rest.starts_with(":\t"));
  if (!assignment.commented && !colon) rest = base::trim(rest);
  if (!colon && !rest.starts_with('=')) return std::nullopt;
  assignment.value = read_value(rest.substr(1));
  return assignment;
}

}  // namespace sluice::policy
