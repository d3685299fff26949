#pragma once

#include <chrono>

#include "base/result.h"
#include "secrets/http.h"

namespace sluice::secrets {

/// How often one call is tried: at most five times within 30 seconds.
class Attempts {
 public:
  Attempts();

  /// To be called before another attempt: waits a random time that grows with each (AWS
  /// Architecture Blog, "Exponential Backoff And Jitter": full jitter), and at least
  /// `least_seconds`. False, at once, when no attempt is left.
  bool wait(int least_seconds = 0);

 private:
  int made_ = 1;
  std::chrono::steady_clock::time_point deadline_;
};

/// Sends until there is an answer that stays: faults of the network, 429 and 5xx are tried again
/// (Attempts), after what Retry-After says. Errors: as HttpClient::send.
Result<HttpReply> send_patiently(HttpClient& http, const HttpRequest& request);

}  // namespace sluice::secrets
