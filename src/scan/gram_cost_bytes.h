#pragma once

#include <string_view>

namespace sluice::scan {

/// The bytes of gram_costs.bin, written by train/gram_costs.py: four bits for each place of a GramTable, by row, then
/// by fourth byte; the lower four bits of a byte come first.
std::string_view gram_cost_bytes();

}  // namespace sluice::scan
