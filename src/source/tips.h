#pragma once

#include <span>
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

/// `trusted`: as for git::all_refs. Errors: as that.
Result<Tips> find_tips(const git::Repository& repository, std::span<const git::Oid> trusted = {});

}  // namespace sluice::source
