#pragma once

#include <cstdint>
#include <vector>

#include "config/walk.h"

namespace sluice::config {

/// What for_each_match() meets where one mapping is laid on another, kept so that finding it is done once.
/// Borrows both.
class Pairing {
 public:
  Pairing() = default;
  Pairing(const document::Node& over, const document::Node& base, const MergeRules& rules);

  /// Calls `visit(const Match&)` for the same keys in the same order as for_each_match().
  template <class Visit>
  void for_each(Visit&& visit) const {
    KeyPath path;
    for (const Pair& pair : pairs_) {
      while (path.depth() >= pair.depth) path.pop();
      if (pair.entry.key == pair.entry.value) {
        path.push_item(pair.item);
      } else {
        path.push(*pair.entry.key);
      }
      const Mappings& both = mappings_[pair.mappings];
      visit(Match{path, pair.entry, pair.other.key == nullptr ? nullptr : &pair.other, *both.mapping, *both.other,
                  pair.names_item});
    }
  }

 private:
  struct Mappings {
    const document::Node* mapping;
    const document::Node* other;
  };
  struct Pair {
    document::EffectiveEntry entry;
    document::EffectiveEntry other;  // without a key when the other mapping lacks it
    std::uint32_t depth;             // of the key's path
    std::uint32_t mappings;          // that hold the two; documents have fewer values than that
    std::uint32_t item;              // of an item of a list, its index
    bool names_item;
  };
  std::vector<Mappings> mappings_;
  std::vector<Pair> pairs_;
};

}  // namespace sluice::config
