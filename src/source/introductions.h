#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "git/oid.h"
#include "git/repository.h"

namespace sluice::source {

/// A blob that a commit holds at a path where none of its parents holds it.
struct Introduction {
  git::Oid blob;
  std::string path;
  std::vector<git::Oid> before;  ///< what each parent has at that path; zero for nothing
};

/// What a commit with tree `tree` brings that no parent's tree has at the same path: for a merge, its
/// own changes only. Equal folders are not opened.
/// Errors: not_found, corrupt (a tree), limit_exceeded (folders nested deeper than 4096).
Result<std::vector<Introduction>> introductions(const git::Repository& repository,
                                                const git::Oid& tree,
                                                const std::vector<git::Oid>& parent_trees);

}  // namespace sluice::source
