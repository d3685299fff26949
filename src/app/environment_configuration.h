#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/policy_file.h"
#include "base/result.h"
#include "document/node.h"
#include "git/repository.h"
#include "secrets/resolver.h"

namespace sluice::app {

/// What a program gets in one environment: base and override merged, the variables laid over it
/// that the policy allows, and the references to secrets in it. Not movable: it points into itself.
struct EnvironmentConfiguration {
  EnvironmentConfiguration() = default;
  EnvironmentConfiguration(const EnvironmentConfiguration&) = delete;
  EnvironmentConfiguration& operator=(const EnvironmentConfiguration&) = delete;

  std::string environment;  ///< as the file's name has it
  std::string folder;       ///< where base and override lie; empty for the current directory
  std::vector<std::string> files;               ///< base and override, in that order
  std::vector<std::string> other_environments;  ///< those of the same folder
  document::Node root;
  std::vector<secrets::Wanted> wanted;            ///< every reference
  std::vector<const document::Node*> references;  ///< the nodes of `wanted`, in `root`
  /// Where each plain value of `root` comes from: `config_prod.yaml:12`, `variable SHOP_REGION`.
  std::unordered_map<const document::Node*, std::string> origins;
};

/// What to load.
struct ConfigurationQuery {
  std::string environment;  ///< empty: APP_ENV's value
  std::string path;         ///< as in read_configuration_at
};

/// Reads base and override and merges them (config/merged.h). Paths are taken from the current
/// directory. Errors: invalid_input (no environment named, a file that cannot be read as
/// configuration, a reference that is none, a variable of the wrong type), not_found (no
/// configuration, several of them, no such environment), io.
tl::expected<std::unique_ptr<EnvironmentConfiguration>, std::vector<Error>> load_environment(
    const ConfigurationQuery& query, const PolicyFile& policy, const git::Repository* repository);

}  // namespace sluice::app
