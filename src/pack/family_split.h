#pragma once

#include <cstdint>
#include <vector>

#include "pack/forest.h"
#include "pack/shard.h"

namespace sluice::pack {

/// Deals the families of a store's packs out to the shards. A family is a root and all that is a
/// delta against it, directly or not; it stays together, so that no two shards inflate one entry.
class FamilySplit {
 public:
  explicit FamilySplit(Shard shard) : shard_(shard), loads_(shard.count, 0) {}

  /// Leaves `forest` only what is the shard's, and returns the roots that are not. To be called for
  /// each pack of the store in turn: what the shards carry from one pack counts for the next.
  std::vector<std::uint32_t> deal(Forest& forest);

 private:
  Shard shard_;
  std::vector<std::uint64_t> loads_;  // estimated cost dealt to each shard so far
};

}  // namespace sluice::pack
