#pragma once

#include <string>
#include <vector>

#include "policy/env_files.h"
#include "policy/tree.h"

namespace sluice::policy {

/// A folder that holds an env file or is likely to: people run something there.
struct EnvPlace {
  std::string directory;  ///< "" for the top
  std::string evidence;   ///< the file that says so; empty for the top without one
  std::vector<std::string>
      names;  ///< of the env files to expect: `.env`, and what templates stand for
};

/// The top of `tree`, and every folder in it that tracks an env file, a template, a Dockerfile, a
/// compose file or a package manifest; sorted. Names that are folders are left out. None for an
/// empty tree.
std::vector<EnvPlace> env_places(const Tree& tree, const EnvNames& names);

}  // namespace sluice::policy
