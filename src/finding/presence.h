#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace sluice {

/// Which branches, remote branches and tags hold which blobs at their tips, now.
struct Presence {
  struct Ref {
    std::string name;    ///< the full one
    std::string target;  ///< hexadecimal id of what it names
  };
  struct Blob {
    std::vector<std::string> paths;   ///< all that it ever had
    std::vector<std::uint32_t> refs;  ///< whose tips hold it: numbers of `Presence::refs`, ascending
  };
  std::vector<Ref> refs;              ///< in the order in which reports name them
  std::map<std::string, Blob> blobs;  ///< those in which something was found, by hexadecimal id
};

/// Where a finding still is: in work that people check out, or, with no ref, only in the past.
struct PresentAt {
  std::uint64_t count = 0;        ///< how many refs' tips hold it
  std::vector<std::string> refs;  ///< full names of the first of them
};

}  // namespace sluice
