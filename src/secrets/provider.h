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

/// A secret as it was read.
struct SecretValue {
  SecureBytes bytes;
  std::string version;  ///< the service's id of what was read; empty where it tells none
};

/// Something that does not keep a secret from being read, and that somebody should look at.
struct Concern {
  enum class Weight {
    advice,     ///< a habit that could be better
    fault,      ///< wrong
    undecided,  ///< could not be told, and why
  };
  Weight weight = Weight::advice;
  std::string id;    ///< for machines: `no-rotation`
  std::string what;  ///< for people, without the secret's name
  std::string remedy;
};

/// What is known of a secret without reading it.
struct Description {
  std::string details;  ///< for a person: `rotates every 30 days, last changed 2026-03-01`
  std::vector<Concern> concerns;
  /// A JSON secret's members as JSON without their values; empty where they cannot be told without
  /// reading it.
  std::string members;
};

/// A place where secrets are kept. Not for use by two threads at once.
class Provider {
 public:
  virtual ~Provider() = default;

  /// The secrets of `requests`, which differ, in their order. Each may fail on its own. No error
  /// holds a secret or a reply's text. Errors: not_found, refused (no permission, no credentials),
  /// io (network, time limit), corrupt (a reply that cannot be read), unsupported, limit_exceeded.
  virtual std::vector<Result<SecretValue>> fetch(const std::vector<Request>& requests) = 0;

  /// Whether the secrets of `requests` are there and may be seen, without reading them. Errors as
  /// above.
  virtual std::vector<Result<Description>> describe(const std::vector<Request>& requests) = 0;

  /// For a person: who asks there, `arn:aws:sts::...:assumed-role/...`. Errors as above.
  virtual Result<std::string> identity() = 0;

  /// What the service says that the caller may do beyond reading `needed`: read `foreign`, which
  /// belong to other environments, or read and change what it need not. To be called after
  /// `describe`. Errors: unsupported where the service cannot be asked; as above.
  virtual Result<std::vector<Concern>> examine_access(const std::vector<Request>& needed,
                                                      const std::vector<Request>& foreign) {
    (void)needed, (void)foreign;
    return fail(ErrorKind::unsupported, "cannot be asked what the caller may do");
  }
};

}  // namespace sluice::secrets
