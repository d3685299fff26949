#pragma once

#include <string>
#include <vector>

#include "source/item.h"

namespace sluice::source {

/// Yields the files at and below `paths`. Git's own directories are left out and symbolic links below
/// a path are not followed (a path that is a link itself is: it was asked for). What cannot be read
/// is a problem. Returns how many files there were. Errors: interrupted.
Result<std::uint64_t> directory(const std::vector<std::string>& paths, const SourceOptions& options,
                                ItemConsumer& consumer);

}  // namespace sluice::source
