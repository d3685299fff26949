#pragma once

#include "app/ci_event.h"

namespace sluice::app {

/// What a GitLab pipeline is about, from its predefined variables
/// (https://docs.gitlab.com/ci/variables/predefined_variables/).
/// Errors: invalid_input (a variable is missing or malformed).
Result<CiEvent> read_gitlab_event(const Environment& environment);

}  // namespace sluice::app
