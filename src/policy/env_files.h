#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::policy {

/// Which files are env files. Globs are base/glob.h wildmatch in any case; one without `/` is held
/// against the last part of a path, one with `/` against the whole path.
struct EnvOptions {
  EnvOptions();

  /// Files that hold values. Default: `.env`, `.env.*`, `.env~`.
  std::vector<std::string> names;
  /// Files that show which values there are, but hold none; they win over `names`.
  /// Default: `.env.example` and its like (docs/env.md).
  std::vector<std::string> templates;
  /// File names that must be ignored wherever `.env` is. Default: none, since a team that has no
  /// `.env.local` need not ignore one.
  std::vector<std::string> variants;
};

enum class EnvKind {
  none,           ///< something else
  env_file,       ///< `.env`, `.env.production`: must be ignored and untracked
  template_file,  ///< `.env.example`: may be tracked, must hold no real value
};

/// Tells env files by their names.
class EnvNames {
 public:
  /// Borrows `options`.
  explicit EnvNames(const EnvOptions& options);

  /// What `path` is; `.ENV` is `.env`, and so is `.env ` with a blank behind it.
  EnvKind classify(std::string_view path) const;

  /// True when all that classify() tells has `env` in its path.
  bool all_say_env() const { return all_say_env_; }

  /// The name of the env file that people make from the template `path`: `.env.prod` for
  /// `.env.prod.example`, else `.env`.
  std::string name_from_template(std::string_view path) const;

 private:
  const EnvOptions& options_;
  bool all_say_env_;  // every glob matches names with `env` in them only
};

}  // namespace sluice::policy
