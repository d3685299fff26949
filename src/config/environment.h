#pragma once

#include <string>
#include <string_view>

namespace sluice::config {

/// One name for the usual spellings of an environment: `production` and `prd` are `prod`.
std::string canonical_environment(std::string_view environment);

/// True for a name that people give to environments: `dev`, `Production`, `prod-eu`, `ci`.
bool is_usual_environment(std::string_view name);

}  // namespace sluice::config
