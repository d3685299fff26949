#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/oid.h"

namespace sluice::git {

class Repository;
struct Index;

enum class ChangeStatus { added, modified, type_changed, deleted, renamed, unmerged };

/// One path that differs between an old and a new side. Ids and modes of an absent side are zero.
struct Change {
  ChangeStatus status = ChangeStatus::modified;
  std::string old_path;  ///< differs from `path` for a rename only
  std::string path;      ///< raw bytes, from the top of the tree; the removed path for a deletion
  Oid old_id;
  Oid new_id;  ///< a commit when `submodule`
  std::uint32_t old_mode = 0;
  std::uint32_t new_mode = 0;
  bool submodule = false;      ///< the new side is a gitlink: there is no blob to read
  bool intent_to_add = false;  ///< `git add -N`: listed, but the new side holds no content
  int stage = 0;               ///< 1 to 3 for the sides of an unmerged path, one Change each
};

/// What a commit made now would change: index against HEAD's tree (against the empty tree when HEAD
/// is unborn), for the whole tree wherever git was started; `git diff --cached --no-renames` agrees. First
/// come unmerged paths and those of `git add -N`, then all others by path.
/// Errors: as read_sparse_index and read_object.
Result<std::vector<Change>> staged_changes(const Repository& repository);

/// As above, for an index that was read already.
Result<std::vector<Change>> staged_changes(const Repository& repository, const Index& index);

/// `new_tree` against `old_tree` (both trees; nothing means the empty tree), renames found; by path.
/// Errors: not_found, corrupt, limit_exceeded.
Result<std::vector<Change>> tree_changes(const Repository& repository,
                                         const std::optional<Oid>& old_tree, const Oid& new_tree);

/// Makes one renamed Change of each added file and the deleted one that it was made from: of the same
/// content, or at least half of it the same. Larger numbers of files than Git would compare
/// (diff.renameLimit, 1000) are compared by their names alone. Blobs that cannot be read are like nothing.
void find_renames(const Repository& repository, std::vector<Change>& changes);

/// Lines `first` to `last` of a text, both 1-based and included.
struct LineRange {
  std::size_t first = 0;
  std::size_t last = 0;

  friend bool operator==(const LineRange&, const LineRange&) = default;
};

/// The lines of `new_bytes` that are not in `old_bytes`, ascending and apart; bytes are lines whatever they
/// hold, and `\n` alone ends one. What is left out is in the old text, in the same order. Above 64 MiB on
/// either side, all lines of the new text; texts that differ too much to be compared in reasonable time
/// have more lines named than a longer search would.
std::vector<LineRange> added_lines(std::string_view old_bytes, std::string_view new_bytes);

}  // namespace sluice::git
