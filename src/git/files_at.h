#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "git/oid.h"

namespace sluice::git {

class Repository;

/// A path, by its number, and the blob of the file or link that is there.
using FileAt = std::pair<std::uint32_t, Oid>;

/// What each of `trees` has at `paths`, by their number; nothing of a path where there is no file. Only folders
/// on the way are read, and those that trees share once; one that cannot be read holds nothing.
std::vector<std::vector<FileAt>> files_at(const Repository& repository, const std::vector<std::string_view>& paths,
                                          const std::vector<Oid>& trees);

}  // namespace sluice::git
