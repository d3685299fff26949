#pragma once

#include <string>

#include "base/result.h"
#include "policy/tree.h"

namespace sluice::app {

/// The text of a configuration file, of at most 16 MiB. Errors: as base::read_file; one that is too
/// large (limit_exceeded) says what to do.
Result<std::string> read_config_file(const std::string& path);

/// As above, of a tracked file. Errors: as Tree::read.
Result<std::string> read_config_file(const policy::Tree& tree, const policy::TreeFile& file);

}  // namespace sluice::app
