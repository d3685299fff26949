#include "git/configuration.h"

#include <optional>

#include "git/environment.h"

namespace sluice::git {
namespace {

// libgit2 1.5 has no level of its own for a worktree's file; this one stands above the
// repository's.
constexpr git_config_level_t worktree_level = GIT_CONFIG_LEVEL_APP;

using Finder = int (*)(git_buf*);

std::optional<std::string> find_file(Finder finder) {
  git_buf path = GIT_BUF_INIT;
  std::optional<std::string> found;
  if (finder(&path) == 0) found = std::string(path.ptr, path.size);
  git_buf_dispose(&path);
  return found;
}

Status add_file(git_config* config, const std::string& path, git_config_level_t level,
                git_repository* repository) {
  const int code = git_config_add_file_ondisk(config, path.c_str(), level, repository, 0);
  if (code < 0 && code != GIT_ENOTFOUND)
    return libgit2_failure(code, "cannot read the configuration", path);
  return {};
}

Status add_found(git_config* config, Finder finder, git_config_level_t level,
                 git_repository* repository) {
  const auto path = find_file(finder);
  if (!path) return {};
  return add_file(config, *path, level, repository);
}

bool is_true(const std::string& value) { return value != "0" && value != "false" && value != "no"; }

Status add_system(git_config* config, git_repository* repository) {
  const auto skip = environment("GIT_CONFIG_NOSYSTEM");
  if (skip && is_true(*skip)) return {};
  if (const auto path = environment("GIT_CONFIG_SYSTEM"))
    return add_file(config, *path, GIT_CONFIG_LEVEL_SYSTEM, repository);
  return add_found(config, git_config_find_system, GIT_CONFIG_LEVEL_SYSTEM, repository);
}

Status add_user(git_config* config, git_repository* repository) {
  if (const auto path = environment("GIT_CONFIG_GLOBAL"))
    return add_file(config, *path, GIT_CONFIG_LEVEL_GLOBAL, repository);
  SLUICE_TRY(add_found(config, git_config_find_xdg, GIT_CONFIG_LEVEL_XDG, repository));
  return add_found(config, git_config_find_global, GIT_CONFIG_LEVEL_GLOBAL, repository);
}

Status add_repository(git_config* config, git_repository* repository) {
  SLUICE_TRY(add_file(config, std::string(git_repository_commondir(repository)) + "config",
                      GIT_CONFIG_LEVEL_LOCAL, repository));
  int per_worktree = 0;
  if (git_config_get_bool(&per_worktree, config, "extensions.worktreeconfig") != 0) return {};
  if (per_worktree == 0) return {};
  return add_file(config, std::string(git_repository_path(repository)) + "config.worktree",
                  worktree_level, repository);
}

}  // namespace

Result<ConfigHandle> load_configuration(git_repository* repository) {
  git_config* raw = nullptr;
  const int code = git_config_new(&raw);
  if (code < 0) return libgit2_failure(code, "cannot read the configuration");
  ConfigHandle config(raw);
  SLUICE_TRY(add_system(raw, repository));
  SLUICE_TRY(add_user(raw, repository));
  SLUICE_TRY(add_repository(raw, repository));
  return config;
}

}  // namespace sluice::git
