#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "config/check.h"
#include "finding/level.h"
#include "policy/env_files.h"
#include "rules/rule_set.h"
#include "suppress/allow_list.h"

namespace sluice::app {

/// By which way secrets of `aws-sm://` are read.
enum class AwsAccess {
  api,    ///< the service itself, signed
  agent,  ///< the Secrets Manager agent, or Lambda's extension, on this machine
};

/// How `config render` and `run` find secrets (docs/secrets.md).
struct SecretOptions {
  std::vector<std::string> local = {"dev"};      ///< environments whose secrets may come from an env file
  std::string env_file = ".env";                 ///< its name, looked for from the configuration's folder upwards
  std::map<std::string, std::string> variables;  ///< variables that may replace a key: name, dotted key
  AwsAccess aws = AwsAccess::api;
  std::vector<std::string> static_keys;          ///< environments in which long-lived AWS keys may be used
};

/// What `.sluice.yaml` says (docs/policy.md).
struct PolicyFile {
  std::string path;                           ///< empty when there is none
  std::string text;                           ///< as it was read, for telling policies apart
  rules::RuleSet rules;                       ///< the user's own; an id of a built-in one replaces it
  std::vector<std::string> disabled;          ///< rule and check ids
  std::map<std::string, Severity> severities; ///< by rule or check id
  std::vector<suppress::AllowEntry> allow;
  std::string baseline;                       ///< relative to the policy file; empty: none
  std::uint64_t max_blob_size = 0;
  config::Options config;
  policy::EnvOptions env;
  SecretOptions secrets;
};

/// The policy file's faults, all of them, each with `path:line:column`.
using PolicyErrors = std::vector<Error>;

/// Reads a policy file's text.
tl::expected<PolicyFile, PolicyErrors> parse_policy(std::string_view text, const std::string& path);

}  // namespace sluice::app
