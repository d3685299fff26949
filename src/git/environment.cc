#include "git/environment.h"

#include <charconv>
#include <cstdlib>

#include "base/text.h"

namespace sluice::git {
namespace {

// One character after a backslash: the escapes of C, octal included.
char unescape(const std::string& list, std::size_t& at) {
  const char c = list[at++];
  const std::string letters = "abtnvfr";
  const std::string values = "\a\b\t\n\v\f\r";
  if (const auto found = letters.find(c); found != std::string::npos) return values[found];
  if (c < '0' || c > '3') return c;
  int value = c - '0';
  for (int i = 0; i < 2 && at < list.size() && list[at] >= '0' && list[at] <= '7'; ++i)
    value = value * 8 + (list[at++] - '0');
  return static_cast<char>(value);
}

// The quoted part that starts after the `"` before `at`; leaves `at` behind the closing quote.
Result<std::string> take_quoted(const std::string& list, std::size_t& at) {
  std::string part;
  while (at < list.size() && list[at] != '"') {
    if (list[at] != '\\') {
      part += list[at++];
    } else if (++at < list.size()) {
      part += unescape(list, at);
    }
  }
  if (at >= list.size()) return fail(ErrorKind::invalid_input, "a quoted path does not end", list);
  ++at;
  return part;
}

}  // namespace

std::optional<std::string> environment(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return std::string(value);
}

std::string absolute_path(const std::string& path, const std::string& base) {
  return path.starts_with('/') ? path : base + "/" + path;
}

Result<std::vector<std::string>> split_path_list(const std::string& list) {
  std::vector<std::string> parts;
  std::size_t at = 0;
  while (at < list.size()) {
    if (list[at] == '"') {
      SLUICE_TRY_ASSIGN(std::string part, take_quoted(list, ++at));
      parts.push_back(std::move(part));
      if (at < list.size()) ++at;  // the separator
      continue;
    }
    const std::size_t end = std::min(list.find(':', at), list.size());
    if (end > at) parts.push_back(list.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

std::string normal_key(const std::string& key) {
  const std::size_t first = key.find('.');
  const std::size_t last = key.rfind('.');
  if (first == std::string::npos) return base::to_lower(key);
  return base::to_lower(key.substr(0, first)) + key.substr(first, last - first) +
         base::to_lower(key.substr(last));
}

Result<std::vector<std::pair<std::string, std::string>>> environment_configuration() {
  std::vector<std::pair<std::string, std::string>> pairs;
  const auto count_text = environment("GIT_CONFIG_COUNT");
  if (!count_text) return pairs;
  unsigned count = 0;
  const char* end = count_text->data() + count_text->size();
  const auto [stop, error] = std::from_chars(count_text->data(), end, count);
  if (error != std::errc() || stop != end || count > 10000)
    return fail(ErrorKind::invalid_input, "not a usable count", "GIT_CONFIG_COUNT");
  for (unsigned i = 0; i < count; ++i) {
    const std::string key_name = "GIT_CONFIG_KEY_" + std::to_string(i);
    const std::string value_name = "GIT_CONFIG_VALUE_" + std::to_string(i);
    const auto key = environment(key_name.c_str());
    const char* value = std::getenv(value_name.c_str());
    if (!key) return fail(ErrorKind::invalid_input, "the variable is missing", key_name);
    if (value == nullptr)
      return fail(ErrorKind::invalid_input, "the variable is missing", value_name);
    pairs.emplace_back(normal_key(*key), value);
  }
  return pairs;
}

}  // namespace sluice::git
