#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sluice::git {

/// Takes an EWAH bitmap (gitformat-bitmap, Appendix A) off the front of `bytes`; the positions of its
/// ones, ascending. Errors: corrupt; limit_exceeded (more than 16 million ones).
Result<std::vector<std::uint32_t>> take_ewah(std::string_view& bytes);

}  // namespace sluice::git
