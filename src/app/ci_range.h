#pragma once

#include <string>
#include <vector>

#include "app/ci_event.h"
#include "base/result.h"
#include "git/oid.h"
#include "git/refs.h"
#include "git/repository.h"

namespace sluice::app {

/// What a CI run or a server hook must look at.
struct CiScope {
  git::Range range;
  /// Trees and blobs that a ref or tag names itself, not by way of a commit.
  std::vector<git::Oid> objects;
  std::string description;   ///< `push to main: 1a2b3c4..4d5e6f7`
  std::string empty_reason;  ///< why no new commit, tag or object is right; empty when there is one
  bool whole_history = false;
  /// The work tree holds what somebody without rights proposes, and the run has rights
  /// (pull_request_target): a policy file found there must not be obeyed.
  bool is_checkout_untrusted = false;
  std::vector<std::string> notes;  ///< what was assumed, for the report
};

/// Finds which commits are new in what happened. Of a ref that was moved ahead: those between the
/// old and the new commit. Where the old one is none, missing or no ancestor (a new branch or tag,
/// a forced push): those that neither the old one nor what was known before reaches (see Known). Of
/// a pull request: those of the head that are not in the base, second parents included, and of the
/// trial merge. docs/ci.md has the table. Errors: as read_ci_event; not_found (the new commit or
/// the base is missing, history was cut by a shallow clone within the range: the remedy is one
/// line); corrupt.
Result<CiScope> find_ci_scope(const git::Repository& repository, const CiInput& input);

}  // namespace sluice::app
