#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "secrets/aws_profile.h"
#include "secrets/http.h"
#include "secrets/sigv4.h"

namespace sluice::secrets {

/// Keys and where they are from.
struct AwsCredentials {
  SigningKeys keys;
  std::string source;        ///< for a person: `role arn:... by web identity`
  std::int64_t expires = 0;  ///< seconds since 1970; 0: never
};

/// Finds credentials as AWS' SDKs do, in this order; the first source that is set up decides, and
/// its fault is the answer's:
///  1. AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN (not when AWS_PROFILE is set)
///  2. the profile: a role (role_arn with source_profile, credential_source or
///  web_identity_token_file), keys,
///     credential_process
///  3. AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN
///  4. a container's AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or _FULL_URI
///  5. the machine's role by IMDSv2, unless AWS_EC2_METADATA_DISABLED is true
/// Single sign-on is not done here; the error names the command that exports its keys.
class AwsCredentialChain {
 public:
  /// All must outlive this object.
  AwsCredentialChain(HttpClient& http, const AwsProfiles& profiles, std::string region);

  /// The credentials, kept until five minutes before they expire. Errors: refused (none found, a
  /// role that may not be assumed, an address that must not be asked), io, corrupt, unsupported,
  /// invalid_input.
  Result<const AwsCredentials*> get();

  /// Forgets what is kept: the service called it expired.
  void forget() { kept_.reset(); }

 private:
  Result<AwsCredentials> find();
  Result<AwsCredentials> from_profile(const std::string& name, int depth);
  Result<AwsCredentials> source_of_role(const AwsSettings& settings, const std::string& name,
                                        int depth);

  HttpClient& http_;
  const AwsProfiles& profiles_;
  std::string region_;
  std::optional<AwsCredentials> kept_;
};

// The sources that ask somebody, each in a file of its own.

/// STS AssumeRole, signed with `by`. Errors: refused (denied), io, corrupt.
Result<AwsCredentials> assume_role(HttpClient& http, const AwsCredentials& by,
                                   const AwsSettings& settings, const std::string& region);
/// STS AssumeRoleWithWebIdentity with the token in a file, which is read anew each time. Errors: as
/// above.
Result<AwsCredentials> assume_role_with_web_identity(HttpClient& http, const std::string& role,
                                                     const std::string& token_file,
                                                     const std::string& session,
                                                     const std::string& region);
/// The endpoint of a container (ECS, EKS Pod Identity). Errors: refused (an address outside of
/// loopback, the two link-local ones and https), io, corrupt.
Result<AwsCredentials> container_credentials(HttpClient& http);
/// IMDSv2; never version 1. Errors: not_found (no metadata service answers), io, corrupt.
Result<AwsCredentials> instance_credentials(HttpClient& http);
Result<std::string> instance_region(HttpClient& http);
/// What `command` prints (AWS SDKs and Tools Reference Guide, "Process credential provider").
/// Errors: io, corrupt.
Result<AwsCredentials> process_credentials(const std::string& command);

/// AccessKeyId, SecretAccessKey, Token (or SessionToken) and Expiration of a JSON object. Errors:
/// corrupt.
Result<AwsCredentials> credentials_from_json(std::string_view json, std::string source);

/// Seconds since 1970 of `2026-01-31T12:00:00Z`; 0 when it is none.
std::int64_t parse_iso_time(std::string_view text);

/// The address of STS: AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL, or the region's.
std::string sts_endpoint(const std::string& region);

/// The domain in which a region's services are: `amazonaws.com`, `amazonaws.com.cn`.
std::string_view aws_domain(std::string_view region);

}  // namespace sluice::secrets
