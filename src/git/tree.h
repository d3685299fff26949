#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/oid.h"

namespace sluice::git {

/// File modes as trees and the index hold them (gitformat-index, "mode").
enum class FileKind { tree, file, symlink, submodule, other };

constexpr FileKind kind_of_mode(std::uint32_t mode) {
  switch (mode & 0170000) {
    case 0040000:
      return FileKind::tree;
    case 0100000:
      return FileKind::file;
    case 0120000:
      return FileKind::symlink;
    case 0160000:
      return FileKind::submodule;
    default:
      return FileKind::other;
  }
}

/// `mode` as Git compares it: of a file's permissions only whether its owner may execute it counts.
std::uint32_t canonical_mode(std::uint32_t mode);

/// The order of entries in a tree: by name, a folder as if its name ended with a slash. Negative, zero or
/// positive; zero only for two folders or two others of the same name.
int compare_names(std::string_view a, bool a_is_tree, std::string_view b, bool b_is_tree);

struct TreeEntry {
  std::uint32_t mode = 0;
  std::string_view name;  ///< raw bytes, a view into the parsed object
  Oid id;

  FileKind kind() const { return kind_of_mode(mode); }
};

/// The entries of a raw tree object, in its order. The views live as long as `bytes`.
/// `algorithm` is the repository's. Errors: corrupt (mode not octal, name empty or holding a slash, bytes
/// missing).
Result<std::vector<TreeEntry>> parse_tree(std::string_view bytes,
                                          HashAlgorithm algorithm = HashAlgorithm::sha1);

/// Reads a raw tree's entries one by one, without a list of them.
class TreeCursor {
 public:
  TreeCursor(std::string_view bytes, HashAlgorithm algorithm)
      : bytes_(bytes), algorithm_(algorithm) {}

  /// What is left to read.
  std::string_view rest() const { return bytes_; }
  /// The raw name of the entry that next() gave last.
  std::string_view raw_id() const { return raw_id_; }

  /// Reads one entry; false at the end. Errors: as parse_tree.
  Result<bool> next(TreeEntry& entry);

 private:
  std::string_view bytes_;
  std::string_view raw_id_;
  HashAlgorithm algorithm_;
};

}  // namespace sluice::git
