#pragma once

#include <string>
#include <string_view>

namespace sluice::deploy {

/// The environment that a name tells, in its usual spelling: `staging` of `shop/staging/db`,
/// `envs/stg/iam.tf` and `staging_reader`. Empty when it tells none, or `own` among several.
std::string environment_in(std::string_view name, std::string_view own = {});

}  // namespace sluice::deploy
