#pragma once

#include <string>

#include "policy/checks.h"

namespace sluice::policy {

/// What to do about a tracked `file` that should not be, up to the commit: the command, and the line for the
/// .gitignore unless a rule is there.
std::string how_to_untrack(const Subject& subject, const TreeFile& file);

}  // namespace sluice::policy
