#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/index.h"
#include "pack/mapped_file.h"

namespace sluice::git {

/// What keeps the bytes alive that an index's entries borrow.
class IndexBytes {
 public:
  pack::MappedFile file;
  std::string text;                 ///< bytes of an index that is not a file
  std::vector<std::string> joined;  ///< paths that the file holds in parts (version 4), each in one piece; others with
                                    ///< their names behind them
};

/// How a split index (gitformat-index, "Split index") builds on a shared one.
struct IndexLink {
  Oid base;                             ///< names the file sharedindex.<base>; zero: on nothing
  std::vector<std::uint32_t> deleted;   ///< positions in the shared index, ascending
  std::vector<std::uint32_t> replaced;  ///< as above; the first entries here stand for them, in order
};

/// One index file as it is written.
struct IndexFile {
  std::vector<IndexEntry> entries;  ///< of a split index, those that replace others have no path
  CacheTree cache_tree;
  std::optional<IndexLink> link;
  bool is_sparse = false;
  Oid checksum;  ///< zero when Git was told to write none
};

/// Reads the index in `bytes`, versions 2 to 4. Entries borrow from `bytes` and from what is added to
/// `owner`, which must outlive the result. Its checksum is not computed. Errors: corrupt, unsupported.
Result<IndexFile> parse_index(std::string_view bytes, HashAlgorithm algorithm, IndexBytes& owner);

/// True when `bytes` end with their own checksum, or with none (index.skipHash).
bool is_index_whole(std::string_view bytes, HashAlgorithm algorithm);

/// Checks that entries are sorted by path and stage, each once, as Git writes them. Errors: corrupt.
Status check_index_order(const std::vector<IndexEntry>& entries);

}  // namespace sluice::git
