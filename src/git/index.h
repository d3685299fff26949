#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "git/oid.h"
#include "git/tree.h"

namespace sluice::git {

class Repository;

struct IndexEntry {
  std::string path;  ///< raw bytes, from the top of the work tree, `/` between parts
  std::uint32_t mode = 0;
  Oid id;
  int stage = 0;               ///< 0, or 1 base, 2 ours, 3 theirs of an unmerged path
  bool intent_to_add = false;  ///< `git add -N`: named, but no content is staged
  bool skip_worktree = false;
  bool assume_unchanged = false;

  FileKind kind() const { return kind_of_mode(mode); }
};

struct Index {
  std::vector<IndexEntry> entries;  ///< sorted by path, then stage
  bool has_conflicts = false;       ///< some entry has a stage above 0
};

/// The index that git would use (GIT_INDEX_FILE honoured); empty when there is no file yet.
/// Errors: corrupt (format, checksum), unsupported (split or sparse index; the remedy undoes it),
/// unreadable.
Result<Index> read_index(const Repository& repository);

}  // namespace sluice::git
