#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "secrets/secure_bytes.h"

namespace sluice::secrets {

/// What a request is signed with. `session_token` is empty for long-lived keys.
struct SigningKeys {
  std::string access_key_id;
  SecureBytes secret_key;
  SecureBytes session_token;
};

/// The parts of a request that Signature Version 4 covers.
struct SignedRequest {
  std::string method = "POST";
  std::string path = "/";  ///< encoded already
  std::string query;       ///< encoded and sorted already
  std::vector<std::pair<std::string, std::string>>
      headers;  ///< lower-case names; `host` among them
  std::string_view body;
};

/// Whom the signature is for.
struct SigningScope {
  std::string region;
  std::string service;
  std::int64_t time = 0;  ///< seconds since 1970
};

/// The headers to add, as `name: value`: x-amz-date, x-amz-security-token (if there is a token) and
/// authorization. AWS Signature Version 4 with SHA-256 (AWS Identity and Access Management User
/// Guide, "Create a signed AWS API request"). The derived keys are wiped.
std::vector<SecureBytes> sign(const SignedRequest& request, const SigningKeys& keys,
                              const SigningScope& scope);

/// `20150830T123600Z`.
std::string amazon_date(std::int64_t time);

}  // namespace sluice::secrets
