#include "app/resolved.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "app/enter_directory.h"
#include "app/policy_location.h"
#include "app/unpublished.h"
#include "config/environment.h"
#include "secrets/aws_secrets_manager.h"
#include "secrets/azure_key_vault.h"
#include "secrets/environment.h"
#include "secrets/google_secret_manager.h"
#include "secrets/vault.h"

namespace sluice::app {
namespace {

namespace fs = std::filesystem;
using Errors = std::vector<Error>;

bool is_there(const fs::path& path) {
  struct stat info;
  return ::lstat(path.c_str(), &info) == 0;
}

}  // namespace

tl::expected<std::unique_ptr<Resolved>, Errors> Resolved::open(const Options& options,
                                                               const ResolveOptions& what) {
  std::unique_ptr<Resolved> resolved(new Resolved);
  if (const Status status = enter_directory(options.directory); !status)
    return tl::unexpected<Errors>(Errors{status.error()});
  auto repository = git::Repository::open(".");
  if (repository) {
    resolved->repository_ = std::move(*repository);
  } else if (repository.error().kind != ErrorKind::not_found) {
    return tl::unexpected<Errors>(Errors{repository.error()});
  }
  auto policy = load_policy(options.policy_file, resolved->repository(), ".");
  if (!policy) return tl::unexpected<Errors>(std::move(policy.error()));
  resolved->policy_ = std::move(*policy);
  auto configuration = load_environment(what.query, resolved->policy_, resolved->repository());
  if (!configuration) return tl::unexpected<Errors>(std::move(configuration.error()));
  resolved->configuration_ = std::move(*configuration);
  resolved->add_providers(what);
  return resolved;
}

bool Resolved::is_among(const std::vector<std::string>& environments) const {
  const std::string environment = config::canonical_environment(configuration_->environment);
  return std::any_of(environments.begin(), environments.end(), [&](const std::string& name) {
    return config::canonical_environment(name) == environment;
  });
}

bool Resolved::is_local() const { return is_among(policy_.secrets.local); }

bool Resolved::may_use_long_lived_keys() const {
  return is_local() || is_among(policy_.secrets.static_keys);
}

// The env file that belongs to the configuration: the nearest one from its folder up to the top of
// the repository (without one, up to the current directory). Empty when there is none.
Result<std::string> Resolved::find_env_file(const std::string& named) const {
  std::error_code error;
  if (!named.empty()) {
    SLUICE_TRY(check_unpublished(repository(), named));
    return named;
  }
  if (!is_local()) return std::string();
  const fs::path here = fs::current_path(error);
  const fs::path top = repository() != nullptr && !repository()->is_bare()
                           ? fs::path(repository()->work_tree())
                           : here;
  fs::path folder = fs::weakly_canonical(here / configuration_->folder, error);
  for (;;) {
    const fs::path file = folder / policy_.secrets.env_file;
    if (is_there(file)) {
      const fs::path shown = file.lexically_relative(here);
      const std::string path = shown.empty() ? file.string() : shown.string();
      SLUICE_TRY(check_unpublished(repository(), path));
      return path;
    }
    if (folder == top || !folder.has_relative_path()) return std::string();
    folder = folder.parent_path();
  }
}

void Resolved::add_providers(const ResolveOptions& what) {
  resolver_.add("env",
                [this, named = what.env_file]() -> Result<std::unique_ptr<secrets::Provider>> {
                  SLUICE_TRY_ASSIGN(std::string path, find_env_file(named));
                  return std::make_unique<secrets::Environment>(std::move(path));
                });
  resolver_.add("aws-sm", [this] {
    if (policy_.secrets.aws == AwsAccess::agent) return secrets::make_aws_agent();
    return secrets::make_aws_secrets_manager({may_use_long_lived_keys(), {}});
  });
  resolver_.add("gcp-sm", [this] {
    return secrets::make_google_secret_manager(may_use_long_lived_keys());
  });
  resolver_.add("azure-kv",
                [this] { return secrets::make_azure_key_vault(may_use_long_lived_keys()); });
  resolver_.add("vault", secrets::make_vault);
}

tl::expected<Resolution, Errors> Resolved::resolve() {
  auto values = resolver_.resolve(configuration_->wanted);
  if (!values) return tl::unexpected<Errors>(std::move(values.error()));
  Resolution resolution;
  for (std::size_t i = 0; i < values->size(); ++i) {
    resolution.values.emplace(configuration_->references[i], std::move((*values)[i].bytes));
    if ((*values)[i].version.empty()) continue;
    secrets::Reference secret = configuration_->wanted[i].reference;
    secret.key.clear();
    resolution.versions.emplace(secret.to_string(), std::move((*values)[i].version));
  }
  return resolution;
}

}  // namespace sluice::app
