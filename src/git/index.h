#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/cache_tree.h"
#include "git/oid.h"
#include "git/tree.h"

namespace sluice::git {

class Repository;

/// Borrows its path and its name. Small, as there are many: what a hook takes is mostly the memory that it touches.
struct IndexEntry {
  std::string_view path;         ///< raw bytes, from the top of the work tree, `/` between parts
  const char* raw_id = nullptr;  ///< pack::name_size(algorithm) bytes
  std::uint32_t mode = 0;
  HashAlgorithm algorithm = HashAlgorithm::sha1;
  std::uint8_t stage = 0;          ///< 0, or 1 base, 2 ours, 3 theirs of an unmerged path
  bool intent_to_add : 1 = false;  ///< `git add -N`: named, but no content is staged
  bool skip_worktree : 1 = false;
  bool assume_unchanged : 1 = false;

  /// Borrows both from `owned`: the path, and directly behind it the name.
  void borrow(std::string_view owned) {
    path = owned.substr(0, owned.size() - pack::name_size(algorithm));
    raw_id = owned.data() + path.size();
  }

  Oid id() const { return Oid::from_raw(algorithm, raw_id); }
  FileKind kind() const { return kind_of_mode(mode); }
  bool is_regular() const { return kind() == FileKind::file; }
  bool is_submodule() const { return kind() == FileKind::submodule; }
  /// One of several versions: there is no content to read yet.
  bool is_unmerged() const { return stage > 0; }
  /// True for a folder of a sparse index: `path` ends with a slash and `id` is its tree.
  bool is_sparse_folder() const { return kind() == FileKind::tree; }
};

/// The bytes that the entries borrow.
class IndexBytes;

/// What check_index has found out.
struct IndexCheck;

/// An index. Move-only; what the entries borrow lives as long as it does, wherever it is moved.
struct Index {
  std::vector<IndexEntry> entries;  ///< sorted by path, then stage, each once
  bool has_conflicts = false;       ///< some entry has a stage above 0
  bool has_intended = false;        ///< some entry is only intended to be added
  bool is_sparse = false;           ///< some entry is a folder
  CacheTree cache_tree;             ///< empty when the file holds none
  std::vector<std::shared_ptr<const IndexBytes>> bytes;
  std::shared_ptr<IndexCheck> check;
};

/// The index that git would use (GIT_INDEX_FILE honoured), as it is: folders of a sparse index stay
/// folders. Empty when there is no file yet. Split indexes are joined.
/// Errors: corrupt (format, order, checksum), unsupported (version, unknown extension), unreadable, io.
Result<Index> read_sparse_index(const Repository& repository);

/// As read_sparse_index, read once for all who ask as long as the file stays as it is.
Result<std::shared_ptr<const Index>> shared_sparse_index(const Repository& repository);

/// As shared_sparse_index, but without check_index, which whoever uses it must ask as well.
Result<std::shared_ptr<const Index>> unchecked_sparse_index(const Repository& repository);

/// Tells whether the files that `index` was read from match their own checksums. Hashing a large one takes as long as
/// reading it, so it is done once, and can be done beside what else is to be done. Errors: corrupt.
Status check_index(const Repository& repository, const Index& index);

/// As read_sparse_index, with the files of a sparse index's folders in their place.
/// Errors: as above, as read_object, limit_exceeded (over 4 million files).
Result<Index> read_index(const Repository& repository);

/// `index` itself unless it is sparse, else as read_index.
Result<std::shared_ptr<const Index>> expanded(const Repository& repository, std::shared_ptr<const Index> index);

}  // namespace sluice::git
