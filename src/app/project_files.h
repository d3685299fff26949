#pragma once

#include <string>
#include <vector>

#include "policy/tree.h"
#include "project/files.h"

namespace sluice::app {

/// What `tree` tracks, for the checks of the whole project. Borrows `tree`. Files over 1 MiB are
/// limit_exceeded: nobody wrote them.
project::Files files_of(const policy::Tree& tree);

/// The same for `paths` of the file system.
project::Files files_on_disk(std::vector<std::string> paths);

}  // namespace sluice::app
