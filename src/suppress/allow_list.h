#pragma once

#include <string>
#include <vector>

#include "finding/allow_entry.h"
#include "finding/finding.h"

namespace sluice::suppress {

using sluice::AllowEntry;

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
