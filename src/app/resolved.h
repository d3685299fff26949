#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/environment_configuration.h"
#include "app/options.h"
#include "secrets/rendering.h"
#include "secrets/resolver.h"
#include "secrets/variables.h"
#include "secrets/version_history.h"

namespace sluice::app {

/// What `config render` and `run` are told on the command line.
struct ResolveOptions {
  ConfigurationQuery query;
  std::string env_file;  ///< empty: the policy's name, looked for upwards
};

/// The secrets of a configuration, and in which versions they were read.
struct Resolution {
  secrets::Values values;
  secrets::Versions versions;
};

/// One environment's configuration with what is needed to resolve its references, opened once.
class Resolved {
 public:
  /// Goes to options.directory, reads the policy file and the configuration. Resolves nothing.
  static tl::expected<std::unique_ptr<Resolved>, std::vector<Error>> open(
      const Options& options, const ResolveOptions& what);

  const EnvironmentConfiguration& configuration() const { return *configuration_; }
  const PolicyFile& policy() const { return policy_; }
  const git::Repository* repository() const { return repository_ ? &*repository_ : nullptr; }
  secrets::Resolver& resolver() { return resolver_; }

  /// Resolves every reference, from the second time on anew.
  tl::expected<Resolution, std::vector<Error>> resolve();

  /// True when the environment is one whose secrets may come from an env file.
  bool is_local() const;

 private:
  Resolved() = default;
  bool is_among(const std::vector<std::string>& environments) const;
  bool may_use_long_lived_keys() const;
  Result<std::string> find_env_file(const std::string& named) const;
  void add_providers(const ResolveOptions& what);

  std::optional<git::Repository> repository_;
  PolicyFile policy_;
  std::unique_ptr<EnvironmentConfiguration> configuration_;
  secrets::Resolver resolver_;
};

}  // namespace sluice::app
