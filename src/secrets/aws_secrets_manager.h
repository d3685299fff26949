#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "secrets/provider.h"

namespace sluice::secrets {

struct AwsOptions {
  bool allow_static_keys = false;  ///< keys without a session token
  std::string endpoint_url;        ///< wins over every variable and profile; empty: not given
};

/// `aws-sm://name-or-arn`: AWS Secrets Manager over its API. Reads up to 20 secrets in one call
/// (BatchGetSecretValue), and one by one what is asked for in a version of its own, or where the
/// batch call is not allowed. A version of 32 and more characters is a version id, a shorter one a
/// stage. Region: AWS_REGION, AWS_DEFAULT_REGION, the profile, the machine. Endpoint:
/// AWS_ENDPOINT_URL_SECRETS_MANAGER, AWS_ENDPOINT_URL, the profile's services and endpoint_url (all
/// four off with AWS_IGNORE_CONFIGURED_ENDPOINT_URLS), else the region's. Errors: invalid_input (no
/// region), and those of AwsProfiles::read.
Result<std::unique_ptr<Provider>> make_aws_secrets_manager(const AwsOptions& options);

/// The same secrets from AWS' Secrets Manager Agent, or Lambda's extension, on this machine:
/// nothing is signed, and it caches. The token for it: AWS_TOKEN (itself, or `file://PATH`), else
/// /var/run/awssmatoken, else AWS_SESSION_TOKEN. The port: PARAMETERS_SECRETS_EXTENSION_HTTP_PORT,
/// else 2773. Errors: refused (no token).
Result<std::unique_ptr<Provider>> make_aws_agent();

/// SecretString, or SecretBinary decoded, and VersionId of a reply of GetSecretValue. Errors:
/// corrupt.
Result<SecretValue> secret_of_reply(std::string_view json);

}  // namespace sluice::secrets
