#pragma once

#include <vector>

#include "git/diff.h"
#include "git/repository.h"
#include "source/item.h"

namespace sluice::source {

/// Yields each blob that a commit made now would add or change, whole, with the lines it adds. `changes` is what
/// git::staged_changes says. Returns how many blobs there were. Errors: interrupted.
Result<std::uint64_t> staged(const git::Repository& repository, const std::vector<git::Change>& changes,
                             const SourceOptions& options, ItemConsumer& consumer);

}  // namespace sluice::source
