#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/check.h"
#include "deploy/file.h"
#include "finding/sink.h"
#include "policy/tree.h"

namespace sluice::deploy {

/// What is looked at.
struct DeployInput {
  const policy::Tree& tree;
  const std::vector<config::File>& configuration;  ///< the tree's, as for config::check
  const config::Options& layout;                   ///< that it is read with
  /// Paths that are about to change. Source code, notebooks and documents, of which a tree may hold
  /// many thousands, are read only where this says that it matters: code if it is among them,
  /// documents if a workflow or document is. Null: all of them are read. Documents are left alone in any case where
  /// no workflow uses a secret.
  const std::set<std::string, std::less<>>* changed = nullptr;
};

/// Holds the files of a tree that deploy or run what is in it (workflows, Dockerfiles, compose
/// files, Kubernetes manifests, Terraform, ...), and configuration that refers to secrets, against
/// the checks for which `is_active(id)`; see docs/deploy.md. What cannot be read is a problem.
/// Findings come ordered by path, then by check; then those of configuration, and of checks that
/// hold several files against each other. A value that is found is the finding's Secret and stands
/// nowhere else in it.
void check_deployment(const DeployInput& input,
                      const std::function<bool(std::string_view)>& is_active, FindingSink& sink);

}  // namespace sluice::deploy
