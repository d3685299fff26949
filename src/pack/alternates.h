#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace sluice::pack {

/// The object directories that make up one object database.
struct ObjectDirectories {
  std::vector<std::string> paths;  ///< canonical, each once; the repository's own comes first
  std::vector<Error> problems;     ///< directories that are named but cannot be read
};

/// Follows `objects_dir`'s info/alternates, and theirs (gitrepository-layout), as deep as Git does:
/// five levels. `more` are further directories, as GIT_ALTERNATE_OBJECT_DIRECTORIES names them.
/// Errors: not_found, unreadable (`objects_dir` itself).
Result<ObjectDirectories> find_object_directories(const std::string& objects_dir,
                                                  const std::vector<std::string>& more);

}  // namespace sluice::pack
