#pragma once

#include <vector>

#include "app/collector.h"
#include "finding/material.h"

namespace sluice::app {

/// Gives an item's hits their paths: at each path the rules' path conditions and the most specific
/// rule decide, and a finding that no path keeps is dropped.
void place(HitItem item, std::vector<PlacedFinding>& out);

}  // namespace sluice::app
