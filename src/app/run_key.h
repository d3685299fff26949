#pragma once

#include <string>

#include "app/session.h"
#include "base/result.h"

namespace sluice::app {

/// What decides the outcome of an audit of a history, as digests: two runs that agree in all of them,
/// and in the program's version, give the same report. None tells where the repository lies.
struct RunKey {
  std::string repository;  ///< refs, reflogs, shallow boundary, packs in their order, loose objects
  std::string rules;       ///< the rules in use, and the key of the fingerprints
  std::string policy;      ///< policy file, baseline and the options that decide what counts

  friend bool operator==(const RunKey&, const RunKey&) = default;
};

/// The key of `session`, which has a repository. Errors: as source::open_store and git::all_refs.
Result<RunKey> run_key(const Session& session);

/// A digest of everything but the repository that decides the outcome of `session`'s audit.
std::string settings_digest(const Session& session);

}  // namespace sluice::app
