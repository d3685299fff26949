#pragma once

#include <vector>

#include "base/result.h"
#include "git/oid.h"

namespace sluice::git {

class Repository;

/// The commits reachable from `includes` and not from `excludes`, each once, parents before
/// children, among ready ones the oldest commit time first. Both lists hold commits (see
/// peel_to_commit). History ends at shallow boundaries. Where commit times contradict the history,
/// a commit that `excludes` reaches may still be listed; none is ever left out.
/// Errors: not_found (a commit or parent that is absent without being cut by a shallow boundary;
/// the Error names both), corrupt.
Result<std::vector<Oid>> commits(const Repository& repository, const std::vector<Oid>& includes,
                                 const std::vector<Oid>& excludes);

}  // namespace sluice::git
