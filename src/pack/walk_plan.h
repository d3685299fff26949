#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "pack/forest.h"
#include "pack/object_store.h"
#include "pack/shard.h"

namespace sluice::pack {

/// What has to be known of a store before it can be walked: the forest of each pack, what is there more
/// than once, and what of it all is a shard's. Made once for any number of walks, from any number of
/// threads. Takes about 24 bytes an object.
class WalkPlan {
 public:
  /// Plans to walk `shard` of `store`, which must outlive this; reads every entry's header. Over all
  /// shards of a store, each blob is visited (or a problem) once; commits, trees and tags are every
  /// shard's. A base in another pack, or the second copy of a damaged object, may be read by several.
  /// `jobs`: threads that may share the planning.
  explicit WalkPlan(const ObjectStore& store, Shard shard = {}, unsigned jobs = 1);
  WalkPlan(const WalkPlan&) = delete;
  WalkPlan& operator=(const WalkPlan&) = delete;

  const ObjectStore& store() const { return store_; }
  const Shard& shard() const { return shard_; }
  /// Of ObjectStore::packs(), in their order, with the roots that are the shard's.
  const std::vector<Forest>& forests() const { return forests_; }
  /// Loose objects of the shard that no pack holds, each name once.
  const std::vector<LooseObject>& loose() const { return loose_; }
  /// How many different names the shard holds.
  std::size_t object_count() const;

 private:
  const ObjectStore& store_;
  Shard shard_;
  std::vector<std::vector<bool>> repeated_;  // by pack, then by position in its index
  std::vector<Forest> forests_;
  std::vector<LooseObject> loose_;
};

}  // namespace sluice::pack
