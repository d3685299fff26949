#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "git/oid.h"

namespace sluice::git {

class Repository;

/// A tree to look in and who answers for it: a commit, or a tag that points at a tree directly.
struct AttributionRoot {
  Oid tree;
  Oid commit;  ///< named in the answer; zero when there is none
};

/// Who made a commit, and when.
struct Authorship {
  std::string author;  ///< `Name <email>`
  std::string date;    ///< ISO 8601
};

/// Of `commit`; empty for zero. Errors: as read_object; corrupt.
Result<Authorship> authorship_of(const Repository& repository, const Oid& commit);

/// Where a blob came from.
struct Attribution {
  Oid commit;  ///< of the first root that holds it
  std::string author;
  std::string date;
  std::vector<std::string> paths;  ///< all paths that it ever had, in order of first appearance
};

struct AttributionResult {
  std::unordered_map<Oid, Attribution> blobs;  ///< targets that some root holds
  std::vector<Error> problems;  ///< trees that could not be read: answers may be incomplete
};

/// Gives the blobs the author and date of their commits, on up to `jobs` threads. Errors: as authorship_of.
Status name_authors(const Repository& repository, std::unordered_map<Oid, Attribution>& blobs, unsigned jobs = 1);

/// The roots of `commits` (as the walk gives them: oldest first). Errors: not_found, corrupt.
Result<std::vector<AttributionRoot>> commit_roots(const Repository& repository,
                                                  const std::vector<Oid>& commits);

/// For every blob in `targets`, the first of `roots` that holds it and all its paths over all of
/// them. Each tree is read once, each (tree, path) visited once. Problems, not a failure, for
/// missing and corrupt trees. Errors: limit_exceeded (folders nested deeper than 4096).
Result<AttributionResult> attribute(const Repository& repository, const std::vector<Oid>& targets,
                                    const std::vector<AttributionRoot>& roots);

}  // namespace sluice::git
