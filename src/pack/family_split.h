#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "pack/forest.h"
#include "pack/object_reader.h"
#include "pack/object_store.h"
#include "pack/shard.h"

namespace sluice::pack {

/// Deals the families of blobs in a store's packs out to the shards. A family is a root and all that is a
/// delta against it, directly or not; it stays together, so that no two shards inflate one blob.
/// Commits, trees and tags are every shard's: they tell where its blobs came from.
class FamilySplit {
 public:
  /// `store` must outlive this.
  FamilySplit(const ObjectStore& store, Shard shard)
      : shard_(shard), loads_(shard.count, 0), reader_(store) {}

  /// Leaves `forest`, the one of pack `number` of the store, only what is the shard's. To be called for
  /// each pack in turn: what the shards carry from one pack counts for the next.
  void deal(std::size_t number, Forest& forest);

 private:
  bool is_of_blobs(std::size_t number, const Forest& forest, std::uint32_t root);
  bool is_blob_elsewhere(std::size_t number, const ObjectId& id);

  Shard shard_;
  std::vector<std::uint64_t> loads_;  // estimated cost dealt to each shard so far
  ObjectReader reader_;               // of what its header does not tell of
};

}  // namespace sluice::pack
