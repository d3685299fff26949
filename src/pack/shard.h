#pragma once

#include <cstdint>

#include "pack/object_id.h"

namespace sluice::pack {

/// One of `count` parts of a walk, so that as many machines share it. Every part must see the same
/// store: the same packs in the same order.
struct Shard {
  std::uint32_t number = 1;  ///< from 1
  std::uint32_t count = 1;

  bool is_whole() const { return count <= 1; }
  /// What belongs to the store as a whole, such as a pack that cannot be opened, is the first's.
  bool is_first() const { return number == 1; }
  /// For what has no family (a loose object, an entry no root leads to): by its name, which is a
  /// hash and so spreads evenly.
  bool holds(const ObjectId& id) const {
    const std::uint32_t start = (std::uint32_t{id.bytes[0]} << 24) |
                                (std::uint32_t{id.bytes[1]} << 16) |
                                (std::uint32_t{id.bytes[2]} << 8) | id.bytes[3];
    return is_whole() || start % count == number - 1;
  }
};

}  // namespace sluice::pack
