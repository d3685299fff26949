#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace sluice::git {

class Repository;

/// A worktree's own Git directory and what its names start with here: "" for the one that was
/// opened, `main-worktree/` or `worktrees/<id>/` for the others (gitrevisions, "linked worktrees").
struct WorktreeDirectory {
  std::string path;
  std::string prefix;
};

/// All of them, the opened one first. Errors: io, unreadable.
Result<std::vector<WorktreeDirectory>> worktree_directories(const Repository& repository);

/// The regular files anywhere below `directory`, as paths relative to it, sorted; none when it does
/// not exist. `.lock` files are left out. Errors: io, unreadable.
Result<std::vector<std::string>> files_below(const std::string& directory);

/// True for the refs that every worktree has for itself: refs/bisect/, refs/worktree/,
/// refs/rewritten/ (gitglossary, "per-worktree ref").
bool is_per_worktree(std::string_view ref);

}  // namespace sluice::git
