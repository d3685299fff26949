#pragma once

#include <string>

#include "base/result.h"

namespace sluice::app {

/// Makes `directory` the one that relative paths start from, as -C asks. Errors: not_found.
Status enter_directory(const std::string& directory);

}  // namespace sluice::app
