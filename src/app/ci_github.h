#pragma once

#include "app/ci_event.h"

namespace sluice::app {

/// What a GitHub Actions run (or Gitea's or Forgejo's, which set the same variables) is about, from
/// GITHUB_EVENT_NAME and the webhook's payload in GITHUB_EVENT_PATH
/// (https://docs.github.com/en/actions/reference/events-that-trigger-workflows).
/// Errors: invalid_input (unknown event, missing or malformed field); not_found, unreadable, io
/// (file).
Result<CiEvent> read_github_event(const Environment& environment);

}  // namespace sluice::app
