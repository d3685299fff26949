#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/oid.h"

namespace sluice::git {

/// File modes as trees and the index hold them (gitformat-index, "mode").
enum class FileKind { tree, file, symlink, submodule, other };

FileKind kind_of_mode(std::uint32_t mode);

struct TreeEntry {
  std::uint32_t mode = 0;
  std::string_view name;  ///< raw bytes, a view into the parsed object
  Oid id;

  FileKind kind() const { return kind_of_mode(mode); }
};

/// The entries of a raw tree object, in its order. The views live as long as `bytes`.
/// Errors: corrupt (mode not octal, name empty or holding a slash, bytes missing).
Result<std::vector<TreeEntry>> parse_tree(std::string_view bytes);

}  // namespace sluice::git
