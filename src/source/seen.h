#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "git/oid.h"

namespace sluice::source {

/// What an audit of a whole history saw of the repository: enough to tell later what has come since
/// (Growth). Everything is sorted.
struct Seen {
  std::vector<std::string> packs;      ///< their checksums, raw
  std::vector<git::Oid> loose;         ///< loose objects
  std::vector<git::Oid> tips;          ///< what refs and reflogs named
  std::vector<git::Oid> out_of_reach;  ///< commits that no tip led to
  std::uint64_t reached = 0;           ///< how many commits tips led to
  git::Oid last;                       ///< the last of those in the order of git::commits; zero for none
  std::int64_t newest = 0;             ///< the latest time of any commit, seconds since 1970
};

}  // namespace sluice::source
