#pragma once

#include <cstdint>
#include <string>

namespace sluice::structure {

/// The day, `2026-03-31`, of `seconds` since 1970 in UTC; empty behind the year 9999.
std::string date_of(std::uint64_t seconds);

}  // namespace sluice::structure
