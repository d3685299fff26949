#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/oid.h"

namespace sluice::git {

/// What an index knows of the trees that its entries would make (gitformat-index, "Cache tree"): folders
/// that were not touched since they were last written as a tree, with that tree's name.
class CacheTree {
 public:
  struct Node {
    std::string_view name;         ///< of the folder; empty for the top
    std::int64_t entry_count = 0;  ///< index entries at and below it; negative: not known any more
    Oid id;                        ///< of its tree; zero when not known
    std::size_t end = 0;           ///< the number of the first node that is not below this one
  };

  /// Reads the TREE extension. The names are views into `bytes`. Errors: corrupt.
  static Result<CacheTree> parse(std::string_view bytes, HashAlgorithm algorithm);

  bool empty() const { return nodes_.empty(); }
  std::size_t size() const { return nodes_.size(); }
  const Node& operator[](std::size_t number) const { return nodes_[number]; }

  /// The number of the node of folder `name` directly below node `parent`. Git keeps folders with names of one length
  /// in their order, so the one behind child `last`, where it is one, is looked at first.
  std::optional<std::size_t> find_child(std::size_t parent, std::string_view name,
                                        std::size_t last = std::size_t(-1)) const;

 private:
  std::vector<Node> nodes_;  // each followed by those below it; the top is the first
};

}  // namespace sluice::git
