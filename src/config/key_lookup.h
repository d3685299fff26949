#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "document/merge_key.h"
#include "document/same_key.h"

namespace sluice::config {

/// Finds the keys of one mapping that another asks for. Keys of two files mostly come in the same order: a
/// table is made only where they do not. Borrows the entries.
class KeyLookup {
 public:
  explicit KeyLookup(const std::vector<document::EffectiveEntry>& entries) : entries_(entries) {}

  /// The entry of the same key (key_identity), or null.
  const document::EffectiveEntry* find(const document::Node& key) {
    if (next_ < entries_.size() && document::is_same_key(*entries_[next_].key, key)) return &entries_[next_++];
    if (by_key_.empty()) {
      for (std::size_t i = 0; i < entries_.size(); ++i) by_key_.emplace(key_identity(*entries_[i].key), i);
    }
    const auto found = by_key_.find(key_identity(key));
    if (found == by_key_.end()) return nullptr;
    next_ = found->second + 1;
    return &entries_[found->second];
  }

 private:
  const std::vector<document::EffectiveEntry>& entries_;
  std::size_t next_ = 0;
  std::unordered_map<std::string, std::size_t> by_key_;
};

}  // namespace sluice::config
