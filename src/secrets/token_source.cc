#include "secrets/token_source.h"

#include "secrets/attempts.h"

namespace sluice::secrets {

Result<const BearerToken*> TokenSource::get() {
  if (!kept_ || !kept_->is_fresh()) {
    SLUICE_TRY_ASSIGN(kept_, find());
  }
  return &*kept_;
}

Result<HttpReply> send_authorized(HttpClient& http, TokenSource& tokens, const HttpRequest& request) {
  for (bool is_second = false;; is_second = true) {
    SLUICE_TRY_ASSIGN(const BearerToken* token, tokens.get());
    HttpRequest authorized = request;
    authorized.headers.push_back(bearer_header(*token));
    SLUICE_TRY_ASSIGN(HttpReply reply, send_patiently(http, authorized));
    if (reply.status != 401 || is_second) return reply;
    tokens.forget();
  }
}

}  // namespace sluice::secrets
