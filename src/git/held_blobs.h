#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "git/oid.h"

namespace sluice::git {

class Repository;

/// A blob and the paths at which a tree may hold it.
struct BlobPlaces {
  Oid blob;
  std::vector<std::string> paths;
};

/// Which of `blobs` each of `trees` holds at one of their paths: numbers into `blobs`, ascending. Only
/// folders on the way are read, and those that trees share once; one that cannot be read holds nothing.
std::vector<std::vector<std::uint32_t>> held_blobs(const Repository& repository,
                                                   const std::vector<BlobPlaces>& blobs,
                                                   const std::vector<Oid>& trees);

}  // namespace sluice::git
