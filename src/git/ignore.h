#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sluice::git {

/// One line of an ignore file that holds a pattern.
struct IgnorePattern {
  std::string text;         ///< as written, without the line end and unquoted trailing spaces
  std::string glob;         ///< without `!`, leading and trailing `/`
  std::size_t line = 0;     ///< 1-based
  std::size_t literal = 0;  ///< characters of `glob` before the first special one
  bool negated = false;
  bool directory_only = false;
  bool anchored = false;  ///< holds a `/` before its end: matched against the whole path
};

/// What the rules say about one path, as `git check-ignore --verbose --no-index` does.
struct IgnoreVerdict {
  bool ignored = false;
  std::string file;  ///< the deciding ignore file ("a/.gitignore"); empty when no pattern matched
  std::size_t line = 0;  ///< 1-based; 0 when no pattern matched
  std::string pattern;   ///< as written, with its `!`
};

/// gitignore(5) over a given set of ignore files, so that an index or a commit can be judged
/// without a work tree and without what only this machine ignores. libgit2's own evaluation drops
/// some negations and is not used.
class IgnoreRules {
 public:
  /// Case is ignored (ASCII) when `ignore_case` is true, as with core.ignorecase.
  explicit IgnoreRules(bool ignore_case = false) : ignore_case_(ignore_case) {}

  /// Adds the `.gitignore` of `directory` (from the top of the tree, "" for the top itself, no
  /// final slash). Line ends may be CRLF; a UTF-8 BOM is skipped. A second file for the same
  /// directory replaces the first.
  void add_file(const std::string& directory, std::string_view content);

  /// Judges `path` (from the top of the tree, no final slash). A path inside an ignored directory
  /// is ignored, and the verdict names the directory's pattern.
  IgnoreVerdict check(std::string_view path, bool is_directory) const;

 private:
  const IgnorePattern* last_match(std::string_view path, bool is_directory,
                                  std::string_view* directory) const;

  std::unordered_map<std::string, std::vector<IgnorePattern>> files_;
  bool ignore_case_;
};

}  // namespace sluice::git
