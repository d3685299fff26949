#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sluice::project {

/// The files of a project, wherever they are kept. Paths have `/` and are relative to its top.
struct Files {
  std::vector<std::string> paths;
  /// The bytes of one of them. Errors: as the keeper's; a file that is too large is limit_exceeded.
  std::function<Result<std::string>(const std::string& path)> read;
};

/// What a file can say about environments and variables.
enum class FileRole {
  none,           ///< nothing: data, pictures, what others wrote
  code,           ///< of a program or its tests
  deployment,     ///< starts programs: workflows, compose, images, manifests, scripts
  test,           ///< of either kind, in tests
  documentation,  ///< tells people what to type
};

/// The role of `path`, told by its name alone.
FileRole role_of(std::string_view path);

/// Folders that hold what others wrote or a machine made; nothing in them is looked at.
bool is_foreign_folder(std::string_view name);

}  // namespace sluice::project
