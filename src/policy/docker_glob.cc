#include "policy/docker_glob.h"

#include <string>

#include "base/glob.h"

namespace sluice::policy {
namespace {

// The class behind a `[`, in which Git's globs would see a negation (`!`) or a name (`[:`) that Go's do not.
void quote_class(std::string_view pattern, std::size_t& at, std::string& quoted) {
  if (at < pattern.size() && pattern[at] == '^') quoted += pattern[at++];
  for (bool is_first = true; at < pattern.size(); is_first = false) {
    const char c = pattern[at++];
    if (c == '[' || (c == '!' && is_first)) quoted += '\\';
    quoted += c;
    if (c == ']') return;
    if (c == '\\' && at < pattern.size()) quoted += pattern[at++];
  }
}

}  // namespace

bool docker_matches(std::string_view pattern, std::string_view path) {
  if (pattern.find('[') == std::string_view::npos) return base::wildmatch(pattern, path);
  std::string quoted;
  for (std::size_t at = 0; at < pattern.size();) {
    const char c = pattern[at++];
    quoted += c;
    if (c == '\\' && at < pattern.size()) quoted += pattern[at++];
    if (c == '[') quote_class(pattern, at, quoted);
  }
  return base::wildmatch(quoted, path);
}

bool docker_takes(std::string_view pattern, std::string_view path) {
  for (std::size_t end = path.find('/');; end = path.find('/', end + 1)) {
    if (docker_matches(pattern, path.substr(0, end))) return true;
    if (end == std::string_view::npos) return false;
  }
}

}  // namespace sluice::policy
