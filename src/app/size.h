#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace sluice::app {

/// `10`, `10K`, `10M`, `2G`, with or without `B`: bytes, in decimal units. Errors: invalid_input.
Result<std::uint64_t> parse_size(std::string_view text);

}  // namespace sluice::app
