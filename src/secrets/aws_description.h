#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "secrets/json_text.h"
#include "secrets/provider.h"

namespace sluice::secrets {

/// What a reply of DescribeSecret says of a secret that is to be read in `version` (a stage or id;
/// empty: AWSCURRENT): rotation, its last change, a rotation that has not ended. Errors: not_found
/// (marked for deletion; no such version, or no value yet).
Result<Description> describe_aws_secret(const JsonText& reply, const std::string& version);

/// Adds what is wrong with the policy of the secret itself in a reply of GetResourcePolicy: one that
/// lets everybody in.
void add_policy_concerns(std::string_view reply, Description& description);

}  // namespace sluice::secrets
