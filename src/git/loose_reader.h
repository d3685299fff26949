#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "git/libgit2.h"

namespace sluice::git {

/// Makes `odb` read the loose objects of the `objects` directories, and of those that their
/// info/alternates name, through a reader of our own: libgit2 1.5 never comes back from a loose
/// object that is cut short. Everything else stays libgit2's.
/// Errors: io, unreadable (alternates).
Status add_loose_reader(git_odb* odb, const std::vector<std::string>& objects);

}  // namespace sluice::git
