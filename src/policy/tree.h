#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/index.h"
#include "git/oid.h"
#include "git/repository.h"
#include "git/tree.h"

namespace sluice::policy {

/// A file that Git tracks; its path lives as long as the Tree. A submodule's id is a commit.
using TreeFile = git::IndexEntry;

/// One consistent view of what Git tracks: the index, or a commit. The work tree is not looked at.
class Tree {
 public:
  /// What a commit made now would hold; files that are only intended to be added are left out.
  /// `repository` must outlive the result. Errors: as git::read_index.
  static Result<Tree> of_index(const git::Repository& repository);

  /// As above, of an index that was read already.
  static Result<Tree> of_index(const git::Repository& repository, std::shared_ptr<const git::Index> index);

  /// The tree of a commit, of what an annotated tag leads to, or a tree itself.
  /// `repository` must outlive the result.
  /// Errors: not_found, corrupt, invalid_input (`id` is a blob), limit_exceeded (folders nested
  /// deeper than 4096, more than 4 million entries, more than 512 MiB of path names).
  static Result<Tree> of_commit(const git::Repository& repository, const git::Oid& id);

  /// Everything the tree holds, submodules included, sorted by path (bytewise), each path once.
  std::span<const TreeFile> files() const { return files_; }

  /// Those of files() that are worth asking for their names (is_notable).
  const std::vector<const TreeFile*>& notable_files() const { return notable_; }

  /// Calls `visit(const TreeFile&)` for the notable ones, or for all where names of any kind may be meant.
  template <class Visit>
  void for_each_file(bool of_any_name, Visit visit) const {
    if (!of_any_name) {
      for (const TreeFile* const file : notable_) visit(*file);
    } else {
      for (const TreeFile& file : files_) visit(file);
    }
  }

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
  Tree(const git::Repository& repository, std::span<const TreeFile> files, std::shared_ptr<const void> owner);

  const git::Repository* repository_;
  std::span<const TreeFile> files_;
  std::vector<const TreeFile*> notable_;
  std::shared_ptr<const void> owner_;  // of the files and of what they borrow
};

}  // namespace sluice::policy
