#pragma once

#include "finding/sink.h"
#include "policy/env_files.h"
#include "policy/tree.h"

namespace sluice::policy {

/// Reports what `tree` holds that it should not, and what it fails to ignore; see docs/env.md for
/// the checks. What cannot be read becomes a Problem. Findings come ordered by check, then by path.
/// None holds a value from an env file or a template, except as its Secret.
void check_env(const Tree& tree, const EnvOptions& options, FindingSink& sink);

}  // namespace sluice::policy
