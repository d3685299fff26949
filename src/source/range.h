#pragma once

#include <vector>

#include "git/refs.h"
#include "git/repository.h"
#include "source/item.h"

namespace sluice::source {

/// A path that a commit of the range wrote, with the first blob it got.
struct WrittenPath {
  std::string path;
  Origin origin;
};

/// What a range held.
struct RangeCounts {
  std::uint64_t commits = 0;
  std::uint64_t blobs = 0;
  std::uint64_t messages = 0;
  std::vector<WrittenPath> written;  ///< every path some commit of the range wrote
};

/// Yields the messages of the range's commits and annotated tags, and each blob that one of its
/// commits (merges and second parents included) brought, once, with all its paths, the first commit
/// that brought it, and the lines it adds to what every parent had there.
/// A commit whose parents a shallow clone left out is a problem: what is new in it cannot be told.
/// Errors: as git::commits; interrupted.
Result<RangeCounts> range(const git::Repository& repository, const git::Range& range,
                          const SourceOptions& options, ItemConsumer& consumer);

}  // namespace sluice::source
