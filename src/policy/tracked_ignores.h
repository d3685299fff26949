#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "finding/sink.h"
#include "git/ignore.h"
#include "policy/tree.h"

namespace sluice::policy {

/// A line of an ignore file that was meant for a path, but does not match it.
struct IgnoreTrap {
  std::string file;
  std::size_t line = 0;  ///< 1-based
  std::string text;      ///< as written, without its line end
  std::string why;       ///< a clause: `the slash at its end makes it match folders only`
  std::string instead;   ///< the line that would match; empty when the whole file needs mending
};

/// The ignore rules that travel with a tree: those of its tracked `.gitignore` files alone. What
/// .git/info/exclude, core.excludesFile and untracked files say protects one machine only.
class TrackedIgnores {
 public:
  /// Reads the `.gitignore` files of `tree`. A symbolic link is none, as for Git. What cannot be
  /// read becomes a problem in `sink`, and everything below its folder is undecided.
  TrackedIgnores(const Tree& tree, FindingSink& sink);

  /// What the rules say of the file `path`, wherever the repository is checked out: ignored only
  /// when it is so both with and without core.ignorecase. `git check-ignore -v --no-index` agrees.
  git::IgnoreVerdict check(std::string_view path) const;

  /// True when an ignore file that has a say on `path` could not be read.
  bool is_undecided(std::string_view path) const;

  /// For a `path` that no rule matches: the line that looks meant for it, nearest folder first.
  std::optional<IgnoreTrap> find_trap(std::string_view path) const;

  /// True when there is an ignore file at the top.
  bool has_top_file() const { return has_top_file_; }

 private:
  struct Line {
    std::size_t number = 0;
    std::string text;
  };
  struct File {
    bool is_utf16 = false;
    std::vector<Line> about_env;  // what find_trap looks at
  };

  void add_file(const std::string& path, const std::string& content);

  git::IgnoreRules exact_{false};
  git::IgnoreRules folded_{true};
  std::map<std::string, File, std::less<>> files_;  // by folder
  std::vector<std::string> undecided_;              // folders
  bool has_top_file_ = false;
};

}  // namespace sluice::policy
