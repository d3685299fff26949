#pragma once

#include <string>
#include <vector>

namespace sluice {

/// One allow entry of the policy file: what it names must all agree; it names at least one thing.
struct AllowEntry {
  std::string fingerprint;         ///< empty: any
  std::string rule;                ///< empty: any
  std::vector<std::string> paths;  ///< globs (base/glob.h path_matches); empty: any
  std::string reason;              ///< required
  std::string expires;             ///< last day it holds, `YYYY-MM-DD`; empty: for good
  std::string where;               ///< `path:line:column` of the entry, for messages
};

}  // namespace sluice
