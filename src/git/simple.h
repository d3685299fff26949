#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "base/result.h"
#include "git/diff.h"
#include "git/object.h"
#include "git/oid.h"

/// The slow, plain way: the same answers through libgit2, one object at a time. The oracle that the fast
/// way is tested against, and of use nowhere else. Not for repositories with SHA-256 names.
namespace sluice::git::simple {

/// As git::read_object.
Result<Object> read_object(const Repository& repository, const Oid& id);

/// Every object in the database, reachable or not, each once: loose, packs (in the order of their
/// bytes within a pack) and alternates. Errors: corrupt (pack index), io, unsupported.
Result<std::vector<Oid>> all_objects(const Repository& repository);

/// Calls `visit` for every object as above, without keeping a list of the order; `visit` returns
/// false to stop early, which is not an error.
Status for_each_object(const Repository& repository, const std::function<bool(const Oid&)>& visit);

/// As git::staged_changes. Errors: also unsupported (split and sparse indexes).
Result<std::vector<Change>> staged_changes(const Repository& repository);

}  // namespace sluice::git::simple
