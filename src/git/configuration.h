#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/config_text.h"

namespace sluice::git {

/// The configuration that git(1) would read: system, user, repository and worktree files with what they
/// include, and GIT_CONFIG_COUNT; GIT_CONFIG_SYSTEM, GIT_CONFIG_NOSYSTEM and GIT_CONFIG_GLOBAL are
/// honoured. Conditions of includes that Git knows but this does not (hasconfig) never hold.
class Configuration {
 public:
  /// What is configured outside of any repository: all that may say whom to trust.
  /// Errors: corrupt, unreadable, invalid_input (GIT_CONFIG_COUNT).
  static Result<Configuration> load_protected();

  /// All of it for the repository at `git_dir`, whose shared files are in `common_dir`. Errors: as above.
  static Result<Configuration> load(const std::string& git_dir, const std::string& common_dir);

  /// The last entry of `key` (as normal_key gives it), or null.
  const ConfigEntry* find(std::string_view key) const;

  /// All entries, the last one winning.
  const std::vector<ConfigEntry>& entries() const { return entries_; }

 private:
  class Loader;
  std::vector<ConfigEntry> entries_;
};

}  // namespace sluice::git
