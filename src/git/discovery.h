#pragma once

#include <string>

#include "base/result.h"

namespace sluice::git {

/// Where a repository is, before anything of it was read.
struct Discovered {
  std::string git_dir;     ///< canonical
  std::string common_dir;  ///< canonical; differs from git_dir in a linked worktree
  std::string top;         ///< where `.git` was found; empty inside a bare repository and with GIT_DIR
  std::string git_file;    ///< the `.git` when it is a file, else empty
};

/// `dir` made canonical. Errors: not_found, unreadable.
Result<std::string> existing_directory(const std::string& dir);

/// The repository that git(1) would use in `start` (a canonical path): GIT_DIR, else the nearest one
/// upwards, as far as GIT_CEILING_DIRECTORIES and GIT_DISCOVERY_ACROSS_FILESYSTEM let it.
/// Errors: not_found, unreadable, refused (owned by somebody else and not in safe.directory), unsupported
/// (GIT_COMMON_DIR), corrupt (configuration, a `.git` file that leads nowhere).
Result<Discovered> discover(const std::string& start);

}  // namespace sluice::git
