#pragma once

#include <cstddef>
#include <vector>

#include "app/placement.h"
#include "finding/material.h"

namespace sluice::app {

/// How many further places, and how many refs, a finding names.
inline constexpr std::size_t most_named = 20;

/// Puts findings in the order in which they came to be: that of their commits, then of their places.
void sort_by_time(std::vector<PlacedFinding>& findings);

/// Leaves of the findings that share secret, paths and allow comment only the first places that
/// join_same_secret could name, and the blobs of the others; for what is told by those left, nothing is lost.
void keep_first_places(std::vector<PlacedFinding>& findings);
/// As above, of hits, so that only those left have to be told in words.
void keep_first_places(std::vector<PlacedHit>& hits);

/// In history, where old versions of a line stay for ever, an allow comment on one version of a file
/// speaks for the same secret in the other versions of that file; of several the first in the list.
void spread_allow_comments(std::vector<PlacedFinding>& findings);

/// Joins findings of one fingerprint into the earliest of them, with all paths and with the other
/// places as related ones, and with the refs of `presence` that hold any of them, as far as they are named.
/// Suppressed and open ones stay apart.
std::vector<Finding> join_same_secret(std::vector<PlacedFinding> findings, const Presence& presence);

}  // namespace sluice::app
