#pragma once

#include <string>

#include "base/result.h"
#include "git/repository.h"

namespace sluice::app {

/// Makes sure that Git would not take the file `path` into the work tree's next commit: it lies
/// outside of `repository`'s work tree, or it is untracked and ignored by a .gitignore,
/// .git/info/exclude or core.excludesFile. The file need not exist. Null: no repository, nothing to
/// ask. Errors: refused, with the line to add as remedy; those of read_index.
Status check_unpublished(const git::Repository* repository, const std::string& path);

}  // namespace sluice::app
