#pragma once

#include <vector>

#include "app/collector.h"
#include "finding/finding.h"

namespace sluice::app {

/// A finding with the place of its item in history, for ordering.
struct PlacedFinding {
  Finding finding;
  std::size_t rank = 0;
};

/// Gives an item's hits their paths: at each path the rules' path conditions and the most specific
/// rule decide, and a finding that no path keeps is dropped.
void place(HitItem item, std::vector<PlacedFinding>& out);

/// In history, where old versions of a line stay for ever, an allow comment on one version of a file
/// speaks for the same secret in the other versions of that file.
void spread_allow_comments(std::vector<PlacedFinding>& findings);

/// Joins findings of one fingerprint into the earliest of them, with all paths and with the other
/// places as related ones (the first 20). Suppressed and open ones stay apart.
std::vector<Finding> join_same_secret(std::vector<PlacedFinding> findings);

}  // namespace sluice::app
