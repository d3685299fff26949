#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "config/folder.h"
#include "finding/sink.h"
#include "policy/env_files.h"
#include "project/files.h"

namespace sluice::project {

/// Holds the environments and variables of `folders` and of env templates against what the rest of the
/// project selects, gives and uses; see docs/config.md. Reads every file that can say something, but
/// only where there is a question: environments of a configuration, a variable in one, a template.
/// `is_active` tells by id whether a check is to be run. Findings come ordered by check, then by path.
void check(const Files& files, const std::vector<config::Folder>& folders,
           const config::Options& config, const policy::EnvOptions& env,
           const std::function<bool(std::string_view)>& is_active, FindingSink& sink);

}  // namespace sluice::project
