#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "secrets/secure_bytes.h"

namespace sluice::secrets {

/// One secret as its provider knows it.
struct Request {
  std::string name;
  std::string version;  ///< a stage or version id; empty for the current one
  friend auto operator<=>(const Request&, const Request&) = default;
};

/// What is known of a secret without reading it.
struct Description {
  std::string details;  ///< for a person: `rotates every 30 days, last changed 2026-03-01`
};

/// A place where secrets are kept. Not for use by two threads at once.
class Provider {
 public:
  virtual ~Provider() = default;

  /// The secrets of `requests`, which differ, in their order. Each may fail on its own. No error
  /// holds a secret or a reply's text. Errors: not_found, refused (no permission, no credentials),
  /// io (network, time limit), corrupt (a reply that cannot be read), unsupported, limit_exceeded.
  virtual std::vector<Result<SecureBytes>> fetch(const std::vector<Request>& requests) = 0;

  /// Whether the secrets of `requests` are there and may be seen, without reading them. Errors as
  /// above.
  virtual std::vector<Result<Description>> describe(const std::vector<Request>& requests) = 0;

  /// For a person: who asks there, `arn:aws:sts::...:assumed-role/...`. Errors as above.
  virtual Result<std::string> identity() = 0;
};

}  // namespace sluice::secrets
