#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "secrets/http.h"
#include "secrets/secure_bytes.h"

namespace sluice::secrets {

/// An access token of OAuth 2.0 and where it is from.
struct BearerToken {
  SecureBytes token;
  std::string source;        ///< for a person: `the service account app@shop.iam...`
  std::int64_t expires = 0;  ///< seconds since 1970; 0: not known

  /// Whether it holds for five minutes from now on, as far as is known.
  bool is_fresh() const;
};

/// The token in the reply of a token endpoint (RFC 6749, sections 5.1 and 5.2). Errors: refused
/// (with the error's code, if it is a plain word), corrupt.
Result<BearerToken> read_token_reply(const HttpReply& reply, std::string source);

/// A POST of a form to a token endpoint.
HttpRequest form_request(std::string url, SecureBytes form);

/// `Authorization: Bearer ...`.
SecureBytes bearer_header(const BearerToken& token);

/// A service's own word for what is wrong, `PERMISSION_DENIED`; anything else of a hostile reply is
/// `an unknown fault`.
std::string plain_word(std::string_view text);

/// A long-lived key outside of the environments in which it may be used.
tl::unexpected<Error> refuse_long_lived(const std::string& source);

}  // namespace sluice::secrets
