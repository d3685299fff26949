#pragma once

#include "git/repository.h"
#include "source/item.h"

namespace sluice::source {

/// Yields each blob that a commit made now would add or change, whole, with the lines it adds.
/// Returns how many blobs there were. Errors: as git::staged_changes.
Result<std::uint64_t> staged(const git::Repository& repository, const SourceOptions& options,
                             ItemConsumer& consumer);

}  // namespace sluice::source
