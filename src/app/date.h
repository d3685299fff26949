#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sluice::app {

/// Seconds since 1970 UTC of `2026-11-24`, `2026-11-24T10:00:00Z`, `2026-11-24T10:00:00+02:00`, or
/// `3 days ago` (minutes, hours, days, weeks, months of 30 days, years of 365). Errors: invalid_input.
Result<std::int64_t> parse_date(std::string_view text);

/// Today in UTC as `YYYY-MM-DD`.
std::string today();

}  // namespace sluice::app
