#pragma once

#include "base/result.h"
#include "git/libgit2.h"

namespace sluice::git {

/// The configuration that git(1) would read in `repository`: system, user, repository and worktree
/// files, with GIT_CONFIG_SYSTEM, GIT_CONFIG_NOSYSTEM and GIT_CONFIG_GLOBAL honoured (libgit2 knows
/// none of the three). Errors: corrupt, unreadable.
Result<ConfigHandle> load_configuration(git_repository* repository);

}  // namespace sluice::git
