#pragma once

#include <optional>
#include <string>

#include "app/policy_file.h"
#include "git/repository.h"

namespace sluice::app {

/// Finds the policy that applies: `explicit_path`, else SLUICE_CONFIG, else `.sluice.yaml` at the top of
/// `repository`'s work tree (of HEAD's tree in a bare one), else `.sluice.yaml` in `directory` (without a
/// repository), else the defaults.
tl::expected<PolicyFile, PolicyErrors> load_policy(const std::optional<std::string>& explicit_path,
                                                   const git::Repository* repository,
                                                   const std::string& directory);

/// Where load_policy would look, and what is there: for `doctor`.
std::string policy_location(const std::optional<std::string>& explicit_path,
                            const git::Repository* repository, const std::string& directory);

}  // namespace sluice::app
