#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "secrets/http.h"
#include "secrets/json_text.h"
#include "secrets/token_source.h"

namespace sluice::secrets {

/// Finds an access token as Google's libraries do (Application Default Credentials, AIP-4110); the
/// first source that is set up decides:
///  1. CLOUDSDK_AUTH_ACCESS_TOKEN, GOOGLE_OAUTH_ACCESS_TOKEN
///  2. the file GOOGLE_APPLICATION_CREDENTIALS, else gcloud's application_default_credentials.json:
///     a service account's key (RFC 7523), a user's refresh token, or workload identity federation
///     with a token in a file (RFC 8693), with or without impersonation
///  3. the metadata server (GCE_METADATA_HOST, else 169.254.169.254)
class GoogleCredentials : public TokenSource {
 public:
  /// `http` must outlive this object. Keys of service accounts and refresh tokens, which live long,
  /// are refused unless they are allowed.
  GoogleCredentials(HttpClient& http, bool allow_long_lived)
      : http_(http), allow_long_lived_(allow_long_lived) {}

 private:
  Result<BearerToken> find() override;
  Result<BearerToken> from_file(const std::string& path);
  Result<BearerToken> by_key(const JsonText& file);
  Result<BearerToken> by_refresh_token(const JsonText& file);
  Result<BearerToken> by_federation(const JsonText& file);
  Result<BearerToken> impersonate(const std::string& url, const BearerToken& by);
  Result<BearerToken> from_metadata();

  HttpClient& http_;
  bool allow_long_lived_;
  std::int64_t skew_ = 0;  // seconds that Google's clock is ahead of ours
};

}  // namespace sluice::secrets
