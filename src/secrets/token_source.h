#pragma once

#include <optional>

#include "base/result.h"
#include "secrets/bearer_token.h"
#include "secrets/http.h"

namespace sluice::secrets {

/// Where access tokens come from. Not for use by two threads at once.
class TokenSource {
 public:
  virtual ~TokenSource() = default;

  /// The token, kept until five minutes before it expires. Errors: as find().
  Result<const BearerToken*> get();

  /// Forgets what is kept: the service did not take it.
  void forget() { kept_.reset(); }

 private:
  /// A token that was not there before. Errors: refused (none found, denied, long-lived), io, corrupt,
  /// unsupported, invalid_input (a file that is none of credentials).
  virtual Result<BearerToken> find() = 0;

  std::optional<BearerToken> kept_;
};

/// `request` with a token of `tokens`, sent patiently (attempts.h). A token that the service no longer takes
/// (401) is renewed once. Errors: as TokenSource::get and HttpClient::send.
Result<HttpReply> send_authorized(HttpClient& http, TokenSource& tokens, const HttpRequest& request);

}  // namespace sluice::secrets
