#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::config {

/// One name for the usual spellings of an environment: `production` and `prd` are `prod`.
std::string canonical_environment(std::string_view environment);

/// True when both name one environment beyond doubt: `prod` and `production`. Not `qa` and `test` or `preprod`
/// and `staging`, which one project may have beside each other.
bool is_same_environment(std::string_view a, std::string_view b);

/// Every usual spelling of that environment in lower case, `environment` itself among them.
std::vector<std::string> spellings(std::string_view environment);

/// True for a name that people give to environments: `dev`, `Production`, `prod-eu`, `ci`.
bool is_usual_environment(std::string_view name);

}  // namespace sluice::config
