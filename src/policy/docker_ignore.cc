#include "policy/docker_ignore.h"

#include <string>

#include "base/glob.h"
#include "base/text.h"

namespace sluice::policy {
namespace {

// `./a/` and `/a` are `a`.
std::string_view cleaned(std::string_view pattern) {
  while (pattern.starts_with('/') || pattern.starts_with("./")) {
    pattern.remove_prefix(pattern[0] == '/' ? 1 : 2);
  }
  while (pattern.ends_with('/')) pattern.remove_suffix(1);
  return pattern;
}

// The pattern matches the path or a folder above it. A leading `/` ties wildmatch to the top.
bool matches(std::string_view pattern, std::string_view path) {
  for (std::size_t end = path.find('/'); ; end = path.find('/', end + 1)) {
    if (base::wildmatch(pattern, path.substr(0, end))) return true;
    if (end == std::string_view::npos) return false;
  }
}

bool is_context(std::string_view word) {
  return word == "." || word == "./" || word == "\".\"" || word == "\"./\"";
}

}  // namespace

bool is_docker_ignored(std::string_view content, std::string_view path) {
  if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
  bool ignored = false;
  for (std::string_view line : base::split(content, '\n')) {
    if (line.starts_with('#')) continue;
    line = base::trim(line);
    const bool is_negated = line.starts_with('!');
    if (is_negated) line = base::trim(line.substr(1));
    const std::string_view pattern = cleaned(line);
    if (pattern.empty()) continue;
    if (pattern == "." || matches(pattern, path)) ignored = !is_negated;
  }
  return ignored;
}

std::uint32_t line_copying_context(std::string_view dockerfile) {
  std::uint32_t number = 0;
  for (std::string_view line : base::split(dockerfile, '\n')) {
    ++number;
    line = base::trim(line);
    const std::string word = base::to_lower(line.substr(0, 4));
    const bool is_copy = word == "copy" || (word.starts_with("add") && word.size() == 4);
    if (!is_copy) continue;
    std::string text(line.substr(word == "copy" ? 4 : 3));
    for (char& c : text) {
      if (c == '[' || c == ',' || c == '\t') c = ' ';
    }
    bool from_elsewhere = false;
    for (const std::string_view part : base::split(text, ' ')) {
      if (part.starts_with("--from")) from_elsewhere = true;
      if (part.empty() || part.starts_with("--")) continue;
      if (!from_elsewhere && is_context(part)) return number;
      break;  // only the first source: `COPY a b .` copies into `.`
    }
  }
  return 0;
}

}  // namespace sluice::policy
