#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/collector.h"
#include "finding/material.h"

namespace sluice::app {

/// A hit that counts, before it is told in words. Borrows its item; the finding in the hit knows its paths, its place
/// and how sure it is.
struct PlacedHit {
  const HitItem* item = nullptr;
  Hit* hit = nullptr;
  std::vector<std::string_view> also_matches;  ///< ids of other rules that matched the same stretch of text
  std::vector<std::string> also_in = {};       ///< as PlacedFinding::also_in
};

/// Gives an item's hits their paths: at each path the rules' path conditions and the most specific
/// rule decide, and a hit that no path keeps is left out.
void place(HitItem& item, std::vector<PlacedHit>& out);

/// The finding that a hit comes to. What the hit held of it is gone afterwards.
PlacedFinding finding_of(PlacedHit placed);

}  // namespace sluice::app
