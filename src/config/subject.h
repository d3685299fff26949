#pragma once

#include <vector>

#include "config/folder.h"
#include "config/pairing.h"

namespace sluice::config {

/// An environment's file that can be held against a base.
struct Comparison {
  const Source& source;
  const Source& base;
  Pairing pairs;  ///< the keys of `source`, each with the base's
};

/// What the checks look at: a folder, and the keys of its files paired once for all of them.
struct Subject {
  const Folder& folder;
  const Options& options;
  MergeRules rules;
  std::vector<Comparison> comparisons;
};

/// Borrows both. On up to `jobs` threads (base/parallel.h).
Subject make_subject(const Folder& folder, const Options& options, unsigned jobs);

/// Visits every pair of every comparison.
template <class Visit>
void for_each_match(const Subject& subject, Visit visit) {
  for (const Comparison& each : subject.comparisons) {
    each.pairs.for_each([&](const Match& match) { visit(each.source, each.base, match); });
  }
}

}  // namespace sluice::config
