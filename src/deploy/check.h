#pragma once

#include <functional>
#include <string_view>

#include "deploy/file.h"
#include "finding/sink.h"
#include "policy/tree.h"

namespace sluice::deploy {

/// Holds the files of `tree` that deploy or run what is in it (workflows, Dockerfiles, compose
/// files, Kubernetes manifests, Terraform) against the checks for which `is_active(id)`; see
/// docs/deploy.md. What cannot be read is a problem. Findings come ordered by path, then by check.
/// A value that is found is the finding's Secret and stands nowhere else in it.
void check_deployment(const policy::Tree& tree,
                      const std::function<bool(std::string_view)>& is_active, FindingSink& sink);

}  // namespace sluice::deploy
