#pragma once

#include <vector>

#include "base/result.h"
#include "git/refs.h"
#include "git/repository.h"

namespace sluice::source {

/// What refs and reflogs name: where everything that can be reached is reached from.
struct Tips {
  std::vector<git::Oid> ids;    ///< sorted, each once
  std::vector<git::Ref> refs;   ///< sorted by name; without what only reflogs name
  std::vector<Error> problems;  ///< broken refs and unreadable logs
};

/// Errors: as git::all_refs.
Result<Tips> find_tips(const git::Repository& repository);

}  // namespace sluice::source
