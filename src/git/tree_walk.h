#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "git/diff.h"
#include "git/oid.h"
#include "git/tree.h"

namespace sluice::git {

class Repository;

/// Gives every file, link and submodule at and below `tree` to `visit`, with its path, which starts with
/// `prefix`; in no promised order. An Error of `visit` ends it and is returned.
/// Errors: as read_object; limit_exceeded (folders nested deeper than 4096).
Status for_each_file(const Repository& repository, const Oid& tree, const std::string& prefix,
                     const std::function<Status(std::string path, const TreeEntry& entry)>& visit);

/// What differs between two trees (nothing means the empty one), by path alone: a renamed file is one
/// deleted and one added. Folders that are equal are not opened. Paths start with `prefix`. In no promised
/// order. Errors: as for_each_file.
Result<std::vector<Change>> tree_differences(const Repository& repository,
                                             const std::optional<Oid>& old_tree,
                                             const std::optional<Oid>& new_tree,
                                             const std::string& prefix);

/// One Change of the file at `path`; null for a side that has none, of which one only may be so.
Change change_of(std::string path, const TreeEntry* before, const TreeEntry* after);

}  // namespace sluice::git
