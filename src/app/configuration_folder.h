#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "config/folder.h"
#include "git/repository.h"

namespace sluice::app {

/// A base and its environments with the files that `folder` borrows.
struct ConfigurationFiles {
  std::vector<config::File> files;
  config::Folder folder;
};

/// Reads the one configuration with a base at `path`: a file of it, or a folder at most four levels
/// above it. Empty: among the files that `repository` tracks, or else below the current directory.
/// Where there are several, the only one that has `environment` is taken. Errors: not_found (none,
/// or several: they are named), unreadable, io, limit_exceeded.
Result<std::unique_ptr<ConfigurationFiles>> read_configuration_at(
    const std::string& path, std::string_view environment, const config::Options& options,
    const git::Repository* repository);

}  // namespace sluice::app
