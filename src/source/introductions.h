#pragma once

#include <memory>
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

class TreeCache;

/// Finds what commits bring. A commit's folders are mostly those of the commit beside it, so what was read lately is
/// kept, within some tens of megabytes.
class Introductions {
 public:
  /// `repository` must outlive this.
  explicit Introductions(const git::Repository& repository);
  ~Introductions();

  /// What a commit with tree `tree` brings that no parent's tree has at the same path: for a merge, its
  /// own changes only. Equal folders are not opened.
  /// Errors: not_found, corrupt (a tree), limit_exceeded (folders nested deeper than 4096).
  Result<std::vector<Introduction>> of(const git::Oid& tree, const std::vector<git::Oid>& parent_trees);

 private:
  std::unique_ptr<TreeCache> trees_;
};

}  // namespace sluice::source
