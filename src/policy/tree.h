#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/oid.h"
#include "git/repository.h"
#include "git/tree.h"

namespace sluice::policy {

/// A path that a tree holds.
struct TreeFile {
  std::string_view path;  ///< raw bytes, from the top of the tree; lives as long as the Tree
  std::uint32_t mode = 0;
  git::Oid id;            ///< a commit for a submodule
  bool unmerged = false;  ///< the index holds several versions: there is no content to read yet

  git::FileKind kind() const { return git::kind_of_mode(mode); }
  bool is_regular() const { return kind() == git::FileKind::file; }
  bool is_submodule() const { return kind() == git::FileKind::submodule; }
};

/// One consistent view of what Git tracks: the index, or a commit. The work tree is not looked at.
class Tree {
 public:
  /// What a commit made now would hold; files that are only intended to be added are left out.
  /// `repository` must outlive the result. Errors: as git::read_index.
  static Result<Tree> of_index(const git::Repository& repository);

  /// The tree of a commit, of what an annotated tag leads to, or a tree itself.
  /// `repository` must outlive the result.
  /// Errors: not_found, corrupt, invalid_input (`id` is a blob), limit_exceeded (folders nested
  /// deeper than 4096, more than 4 million entries, more than 512 MiB of path names).
  static Result<Tree> of_commit(const git::Repository& repository, const git::Oid& id);

  /// Everything the tree holds, submodules included, sorted by path (bytewise), each path once.
  const std::vector<TreeFile>& files() const { return files_; }

  /// The file at exactly `path`, or null.
  const TreeFile* find(std::string_view path) const;

  /// True when `path` is a folder of this tree.
  bool has_directory(std::string_view path) const;

  /// Every folder that holds something, sorted; the top is "" and always there.
  std::vector<std::string> directories() const;

  /// The bytes of `file`; for a symbolic link, its target's name.
  /// Errors: not_found, corrupt, unsupported (a submodule), invalid_input (unmerged),
  /// limit_exceeded (larger than `limit` bytes); each names the path.
  Result<std::string> read(const TreeFile& file, std::size_t limit) const;

 private:
  explicit Tree(const git::Repository& repository) : repository_(&repository) {}

  const git::Repository* repository_;
  std::vector<TreeFile> files_;
  std::shared_ptr<const void> paths_;  // what their paths are views of
};

}  // namespace sluice::policy
