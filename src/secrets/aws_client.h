#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "secrets/aws_credentials.h"

namespace sluice::secrets {

/// A reply, or the service's no.
struct AwsAnswer {
  SecureBytes body;
  std::string fault;  ///< the service's code; empty: none
};

/// Speaks to one AWS service: signs, tries again after throttling, faults of the server and of the
/// network (Attempts), follows the server's clock once
/// when its own is wrong, and asks for new credentials once when the service calls them expired.
class AwsClient {
 public:
  /// `endpoint` is an URL without a path. All must outlive this object.
  AwsClient(HttpClient& http, AwsCredentialChain& credentials, std::string region,
            std::string service, std::string endpoint);

  /// Keys without a session token are refused unless this is called.
  void allow_static_keys() { allows_static_keys_ = true; }

  /// POSTs `body` for the operation `target` (`secretsmanager.GetSecretValue`; empty: a form). A
  /// fault that will stay is an answer. Errors: refused (credentials), io, corrupt, limit_exceeded.
  Result<AwsAnswer> call(std::string_view target, const SecureBytes& body);

 private:
  Result<HttpReply> send_once(std::string_view target, const SecureBytes& body);
  bool mend(const std::string& fault, const HttpReply& reply);

  HttpClient& http_;
  AwsCredentialChain& credentials_;
  std::string region_;
  std::string service_;
  std::string endpoint_;
  bool allows_static_keys_ = false;
  std::int64_t skew_ = 0;  // seconds that the server's clock is ahead of ours
  bool has_mended_clock_ = false;
  bool has_renewed_ = false;
};

}  // namespace sluice::secrets
