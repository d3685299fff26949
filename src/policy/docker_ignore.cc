#include "policy/docker_ignore.h"

#include "base/text.h"
#include "policy/docker_glob.h"

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
    if (pattern == "." || docker_takes(pattern, path)) ignored = !is_negated;
  }
  return ignored;
}

}  // namespace sluice::policy
