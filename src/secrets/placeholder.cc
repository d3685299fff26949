#include "secrets/placeholder.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.h"

namespace sluice::secrets {
namespace {

// Compared without case and without what joins words. Not base::to_lower over the whole value: a
// copy of a secret would stay behind.
constexpr std::array<std::string_view, 18> words = {
    "changeme", "changeit",  "replaceme",   "replacethis", "fillmein",  "fillin",
    "todo",     "tbd",       "fixme",       "placeholder", "yourvalue", "none",
    "null",     "undefined", "insertvalue", "redacted",    "dummy",     "secretgoeshere"};

bool is_joiner(char c) { return c == '-' || c == '_' || c == ' ' || c == '.'; }

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

bool equals_word(std::string_view value, std::string_view word) {
  std::size_t at = 0;
  for (const char c : value) {
    if (is_joiner(c)) continue;
    if (at == word.size() || lower(c) != word[at]) return false;
    ++at;
  }
  return at == word.size();
}

bool is_one_character_repeated(std::string_view value) {
  constexpr std::string_view fillers = "xX*.?-_#";
  return fillers.find(value.front()) != fillers.npos &&
         std::all_of(value.begin(), value.end(), [&](char c) { return c == value.front(); });
}

bool starts_and_ends(std::string_view value, std::string_view start, std::string_view end) {
  return value.size() > start.size() + end.size() - 1 && value.starts_with(start) &&
         value.ends_with(end);
}

bool says_your(std::string_view value) {
  const auto starts = [&](std::string_view word) {
    return value.size() > word.size() && is_joiner(value[word.size()]) &&
           std::equal(word.begin(), word.end(), value.begin(),
                      [](char w, char v) { return w == lower(v); });
  };
  return value.size() < 64 &&
         (starts("your") || starts("my") || starts("insert") || starts("enter")) &&
         std::none_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool is_placeholder(std::string_view value) {
  value = base::trim(value);
  if (value.empty() || is_one_character_repeated(value)) return true;
  if (std::any_of(words.begin(), words.end(), [&](auto word) { return equals_word(value, word); }))
    return true;
  return starts_and_ends(value, "<", ">") || starts_and_ends(value, "${", "}") ||
         starts_and_ends(value, "{{", "}}") || starts_and_ends(value, "[", "]") || says_your(value);
}

}  // namespace sluice::secrets
