#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "git/diff.h"
#include "git/oid.h"
#include "git/repository.h"

namespace sluice::source {

/// A path at which a commit introduced a blob, with what its parents had.
struct Place {
  std::string path;
  git::Oid tree;                       ///< of the commit
  std::vector<git::Oid> parent_trees;
  std::vector<git::Oid> before;        ///< each parent's blob at `path`, zero for none
};

/// Tells which lines of a blob its commits added: lines that no parent had there, where a renamed
/// file is held against its old name. Remembers the renames of the trees it was asked about.
class AddedLines {
 public:
  explicit AddedLines(const git::Repository& repository) : repository_(repository) {}

  /// Lines added at one place or another. Errors: not_found, corrupt (a parent's blob or tree).
  Result<std::vector<git::LineRange>> of(std::string_view bytes, const std::vector<Place>& places);

 private:
  using Renames = std::unordered_map<std::string, git::Oid>;
  Result<std::vector<git::LineRange>> at_place(std::string_view bytes, const Place& place);
  Result<const Renames*> renames(const git::Oid& parent_tree, const git::Oid& tree);

  const git::Repository& repository_;
  std::unordered_map<std::string, Renames> renames_;
};

}  // namespace sluice::source
