#pragma once

#include <string>
#include <vector>

#include "finding/finding.h"

namespace sluice::suppress {

/// One allow entry of the policy file: what it names must all agree; it names at least one thing.
struct AllowEntry {
  std::string fingerprint;         ///< empty: any
  std::string rule;                ///< empty: any
  std::vector<std::string> paths;  ///< globs (base/glob.h path_matches); empty: any
  std::string reason;              ///< required
  std::string expires;             ///< last day it holds, `YYYY-MM-DD`; empty: for good
  std::string where;               ///< `path:line:column` of the entry, for messages
};

/// The policy's allow entries, and which of them ever matched.
class AllowList {
 public:
  /// `today` is `YYYY-MM-DD`; entries that expired before it match nothing.
  AllowList(std::vector<AllowEntry> entries, std::string today);

  /// The suppression for `finding`, or nothing. With paths, every path of the finding must match.
  std::optional<Suppression> decide(const Finding& finding);

  /// A sentence for each expired entry.
  std::vector<std::string> expired() const;
  /// A sentence for each entry that matched nothing so far.
  std::vector<std::string> stale() const;

 private:
  struct Tracked {
    AllowEntry entry;
    bool expired = false;
    bool used = false;
  };
  std::vector<Tracked> entries_;
};

}  // namespace sluice::suppress
