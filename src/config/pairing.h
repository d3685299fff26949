#pragma once

#include <cstddef>
#include <deque>
#include <functional>

#include "config/walk.h"

namespace sluice::config {

/// What for_each_match() meets in two mappings, kept so that finding it is done once. Borrows both.
class Pairing {
 public:
  Pairing() = default;
  Pairing(const document::Node& mapping, const document::Node& other);

  /// Visits the same keys in the same order as for_each_match().
  void for_each(const std::function<void(const Match&)>& visit) const;

 private:
  struct Pair {
    std::size_t depth;  // of the key's path
    document::EffectiveEntry entry;
    document::EffectiveEntry other;  // without a key when the other mapping lacks it
    const document::Node* mapping;
    const document::Node* other_mapping;
  };
  std::deque<Pair> pairs_;
};

}  // namespace sluice::config
