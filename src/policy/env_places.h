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

/// A file whose name says that it is an env file or a template.
struct EnvFile {
  const TreeFile* file = nullptr;
  EnvKind kind = EnvKind::none;
};

/// Those of `tree`, by path; they live as long as it does.
std::vector<EnvFile> env_files(const Tree& tree, const EnvNames& names);

/// The top of `tree`, and every folder in it that tracks an env file, a template, a Dockerfile, a
/// compose file or a package manifest; sorted. Names that are folders are left out. None for an
/// empty tree.
std::vector<EnvPlace> env_places(const Tree& tree, const EnvNames& names);

/// As above, where `files` are env_files of the same tree.
std::vector<EnvPlace> env_places(const Tree& tree, const EnvNames& names,
                                 const std::vector<EnvFile>& files);

}  // namespace sluice::policy
