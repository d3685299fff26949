#pragma once

#include <string>

#include "secrets/aws_profile.h"

namespace sluice::secrets {

/// AWS_REGION, AWS_DEFAULT_REGION, the profile's, the machine's; empty when there is none.
std::string find_region(const AwsProfiles& profiles);

bool is_region(std::string_view region);

/// Where Secrets Manager is: `given` (empty: not given), AWS_ENDPOINT_URL_SECRETS_MANAGER,
/// AWS_ENDPOINT_URL, the profile's services and endpoint_url (all four off with
/// AWS_IGNORE_CONFIGURED_ENDPOINT_URLS), else the region's.
std::string secrets_manager_endpoint(const AwsProfiles& profiles, const std::string& region,
                                     const std::string& given);

/// Where IAM is, which has one place for all regions of a partition: AWS_ENDPOINT_URL_IAM,
/// AWS_ENDPOINT_URL, or that place. `signing_region` is set to the region that it is signed for.
std::string iam_endpoint(const std::string& region, std::string& signing_region);

}  // namespace sluice::secrets
