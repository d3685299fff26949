#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "finding/allow_entry.h"
#include "finding/finding.h"

namespace sluice {

/// A finding with the place of its commit in history, for ordering.
struct PlacedFinding {
  Finding finding;
  std::uint64_t rank = 0;  ///< from the oldest commit, which is 0
  /// Blobs that hold the same secret in the same way and are left out of the list, by hexadecimal id.
  std::vector<std::string> also_in = {};
};

/// Calls `visit` with the hexadecimal id of each blob that `placed` is about.
template <class Visit>
void for_each_blob(const PlacedFinding& placed, const Visit& visit) {
  visit(placed.finding.origin.object);
  for (const std::string& blob : placed.also_in) visit(blob);
}

/// How findings are judged once all of them are known.
struct Judgement {
  bool is_history = false;   ///< the findings are of versions of files over time
  bool tells_stale = false;  ///< a suppression that matches nothing is to be told
  std::optional<std::int64_t> since;  ///< what older commits brought does not count; seconds since 1970
  std::string today;                  ///< `YYYY-MM-DD`, for allow entries that expire
  std::vector<AllowEntry> allow;
  std::string baseline;       ///< the file's text; empty when there is none
  std::string baseline_path;  ///< for messages
};

/// What a run found, before the same secret's findings are joined and suppressions applied: both
/// need all of it, so parts of a run hand this on to whoever joins them.
struct Material {
  Judgement judgement;
  std::vector<PlacedFinding> placed;  ///< of the scan, one a place
  std::vector<Finding> told;          ///< joined by an earlier run, of other secrets than `placed`
  std::vector<Finding> checked;       ///< of the tree checks
  Presence presence;                  ///< of the blobs in which something was found
};

/// Which part of a run a report is, and what it takes to join it with the others.
struct ShardRecord {
  std::uint32_t number = 1;  ///< from 1
  std::uint32_t count = 1;
  // Hexadecimal digests; the parts of one run agree in all of them.
  std::string repository;  ///< its refs, reflogs, packs and loose objects
  std::string rules;       ///< the rules in use, and the key of the fingerprints
  std::string policy;      ///< policy file, baseline and the options that decide what counts
  Material material;
};

}  // namespace sluice
