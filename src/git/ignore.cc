#include "git/ignore.h"

#include <algorithm>
#include <optional>

#include "base/glob.h"
#include "base/text.h"

namespace sluice::git {
namespace {

// gitignore(5): trailing spaces go unless quoted by a backslash.
std::string_view without_trailing_spaces(std::string_view line) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\') {
      ++i;
      end = std::min(i + 1, line.size());
    } else if (line[i] != ' ') {
      end = i + 1;
    }
  }
  return line.substr(0, end);
}

std::optional<IgnorePattern> parse_line(std::string_view line, std::size_t number) {
  if (line.empty() || line[0] == '#') return std::nullopt;
  if (line.back() == '\r') line.remove_suffix(1);
  line = line.substr(0, line.find('\0'));  // Git reads the line as a C string
  line = without_trailing_spaces(line);
  IgnorePattern pattern;
  pattern.text = line;
  pattern.line = number;
  pattern.negated = line.starts_with('!');
  if (pattern.negated) line.remove_prefix(1);
  pattern.directory_only = line.ends_with('/');
  if (pattern.directory_only) line.remove_suffix(1);
  pattern.anchored = line.find('/') != std::string_view::npos;
  if (line.starts_with('/')) line.remove_prefix(1);
  if (line.empty()) return std::nullopt;
  pattern.glob = line;
  pattern.literal = std::min(line.find_first_of("*?[\\"), line.size());
  return pattern;
}

bool same(std::string_view a, std::string_view b, bool ignore_case) {
  return ignore_case ? base::equals_ignoring_case(a, b) : a == b;
}

// `name` is the path from the ignore file's directory. Git holds the characters before the first
// special one against the name's start and only the rest is a pattern: there `foo**/bar` begins
// with `**/`, and crosses folders although gitignore(5) would not have it.
bool matches(const IgnorePattern& pattern, std::string_view name, bool ignore_case) {
  const std::string_view glob = pattern.glob;
  if (!pattern.anchored) {
    name = name.substr(name.rfind('/') + 1);
    if (pattern.literal == glob.size()) return same(glob, name, ignore_case);
    return base::wildmatch(glob, name, ignore_case);
  }
  if (name.size() < pattern.literal) return false;
  if (!same(glob.substr(0, pattern.literal), name.substr(0, pattern.literal), ignore_case))
    return false;
  return base::wildmatch(glob.substr(pattern.literal), name.substr(pattern.literal), ignore_case);
}

std::string_view parent_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

}  // namespace

void IgnoreRules::add_file(const std::string& directory, std::string_view content) {
  if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
  std::vector<IgnorePattern> patterns;
  std::size_t number = 0;
  for (const std::string_view line : base::split(content, '\n'))
    if (auto pattern = parse_line(line, ++number)) patterns.push_back(std::move(*pattern));
  files_[directory] = std::move(patterns);
}

// The nearest ignore file that has anything to say wins, and in it the last line that does.
const IgnorePattern* IgnoreRules::last_match(std::string_view path, bool is_directory,
                                             std::string_view* directory) const {
  for (std::string_view above = parent_of(path);; above = parent_of(above)) {
    const auto file = files_.find(std::string(above));
    if (file != files_.end()) {
      const std::string_view name = above.empty() ? path : path.substr(above.size() + 1);
      const auto& patterns = file->second;
      for (auto pattern = patterns.rbegin(); pattern != patterns.rend(); ++pattern) {
        if (pattern->directory_only && !is_directory) continue;
        if (!matches(*pattern, name, ignore_case_)) continue;
        *directory = above;
        return &*pattern;
      }
    }
    if (above.empty()) return nullptr;
  }
}

IgnoreVerdict IgnoreRules::check(std::string_view path, bool is_directory) const {
  IgnoreVerdict verdict;
  for (std::size_t from = 0; from < path.size();) {
    const std::size_t end = std::min(path.find('/', from), path.size());
    from = end + 1;
    const bool whole = end == path.size();
    std::string_view directory;
    const IgnorePattern* found =
        last_match(path.substr(0, end), whole ? is_directory : true, &directory);
    if (found == nullptr || (found->negated && !whole)) continue;
    verdict.ignored = !found->negated;
    verdict.file = directory.empty() ? ".gitignore" : std::string(directory) + "/.gitignore";
    verdict.line = found->line;
    verdict.pattern = found->text;
    break;
  }
  return verdict;
}

}  // namespace sluice::git
