#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::config {

/// One name for the usual spellings of an environment: `production` and `prd` are `prod`.
std::string canonical_environment(std::string_view environment);

/// Every usual spelling of that environment in lower case, `environment` itself among them.
std::vector<std::string> spellings(std::string_view environment);

/// True for a name that people give to environments: `dev`, `Production`, `prod-eu`, `ci`.
bool is_usual_environment(std::string_view name);

}  // namespace sluice::config
