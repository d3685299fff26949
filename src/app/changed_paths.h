#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "git/diff.h"
#include "git/refs.h"
#include "git/repository.h"

namespace sluice::app {

using ChangedPaths = std::set<std::string, std::less<>>;

/// The paths that `changes` add or change.
ChangedPaths changed_paths(const std::vector<git::Change>& changes);

/// The paths in which `head`, of a range, differs from the first commit that the range leaves out;
/// nothing where it leaves out none. Errors: as git::tree_changes.
Result<std::optional<ChangedPaths>> range_paths(const git::Repository& repository,
                                                const git::Range& range, const git::Oid& head);

}  // namespace sluice::app
