#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "config/check.h"
#include "finding/level.h"
#include "git/repository.h"
#include "policy/env_files.h"
#include "rules/rule_set.h"
#include "suppress/allow_list.h"

namespace sluice::app {

/// What `.sluice.yaml` says (docs/policy.md).
struct PolicyFile {
  std::string path;                           ///< empty when there is none
  rules::RuleSet rules;                       ///< the user's own; an id of a built-in one replaces it
  std::vector<std::string> disabled;          ///< rule and check ids
  std::map<std::string, Severity> severities; ///< by rule or check id
  std::vector<suppress::AllowEntry> allow;
  std::string baseline;                       ///< relative to the policy file; empty: none
  std::uint64_t max_blob_size = 0;
  config::Options config;
  policy::EnvOptions env;
};

/// The policy file's faults, all of them, each with `path:line:column`.
using PolicyErrors = std::vector<Error>;

/// Reads a policy file's text.
tl::expected<PolicyFile, PolicyErrors> parse_policy(std::string_view text, const std::string& path);

/// Finds the policy that applies: `explicit_path`, else SLUICE_CONFIG, else `.sluice.yaml` at the top of
/// `repository`'s work tree (of HEAD's tree in a bare one), else `.sluice.yaml` in `directory` (without a
/// repository), else the defaults.
tl::expected<PolicyFile, PolicyErrors> load_policy(const std::optional<std::string>& explicit_path,
                                                   const git::Repository* repository,
                                                   const std::string& directory);

/// Where load_policy would look, and what is there: for `doctor`.
std::string policy_location(const std::optional<std::string>& explicit_path,
                            const git::Repository* repository, const std::string& directory);

/// `10`, `10K`, `10M`, `2G`, with or without `B`: bytes. Errors: invalid_input.
Result<std::uint64_t> parse_size(std::string_view text);

}  // namespace sluice::app
