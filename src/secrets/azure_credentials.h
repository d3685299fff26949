#pragma once

#include <string>

#include "base/result.h"
#include "secrets/http.h"
#include "secrets/token_source.h"

namespace sluice::secrets {

/// Finds an access token for Key Vault as Azure's libraries do (DefaultAzureCredential); the first
/// source that is set up decides:
///  1. AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET
///  2. workload identity: AZURE_FEDERATED_TOKEN_FILE with AZURE_TENANT_ID and AZURE_CLIENT_ID
///  3. managed identity: IDENTITY_ENDPOINT and IDENTITY_HEADER (App Service), else the machine's
///     (AZURE_POD_IDENTITY_AUTHORITY_HOST, else 169.254.169.254), of AZURE_CLIENT_ID if it is set
/// AZURE_AUTHORITY_HOST names another place that issues tokens.
class AzureCredentials : public TokenSource {
 public:
  /// `resource` is whom the tokens are for: `https://vault.azure.net`. `http` must outlive this
  /// object. Client secrets, which live long, are refused unless they are allowed.
  AzureCredentials(HttpClient& http, std::string resource, bool allow_long_lived)
      : http_(http), resource_(std::move(resource)), allow_long_lived_(allow_long_lived) {}

 private:
  Result<BearerToken> find() override;
  Result<BearerToken> by_client(SecureBytes form, const std::string& source);
  Result<BearerToken> by_secret();
  Result<BearerToken> by_federation(const std::string& token_file);
  Result<BearerToken> from_app_service(const std::string& endpoint);
  Result<BearerToken> from_machine();

  HttpClient& http_;
  std::string resource_;
  bool allow_long_lived_;
};

}  // namespace sluice::secrets
