#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "document/merge_key.h"
#include "document/same_key.h"

namespace sluice::config {

/// What tells a key from others where letter case may not count.
inline std::string folded_identity(const document::Node& key, bool folds_case) {
  std::string identity = key_identity(key);
  return folds_case ? base::to_lower(identity) : identity;
}

/// Finds the keys of one mapping that another asks for. Keys of two files mostly come in the same order: a
/// table is made only where they do not. Borrows the entries.
class KeyLookup {
 public:
  explicit KeyLookup(const std::vector<document::EffectiveEntry>& entries, bool folds_case = false)
      : entries_(entries), folds_case_(folds_case) {}

  /// The entry of the same key (folded_identity), or null.
  const document::EffectiveEntry* find(const document::Node& key) {
    if (next_ < entries_.size() && document::is_same_key(*entries_[next_].key, key)) return &entries_[next_++];
    if (by_key_.empty()) {
      for (std::size_t i = 0; i < entries_.size(); ++i) by_key_.emplace(folded_identity(*entries_[i].key, folds_case_), i);
    }
    const auto found = by_key_.find(folded_identity(key, folds_case_));
    if (found == by_key_.end()) return nullptr;
    next_ = found->second + 1;
    return &entries_[found->second];
  }

 private:
  const std::vector<document::EffectiveEntry>& entries_;
  bool folds_case_;
  std::size_t next_ = 0;
  std::unordered_map<std::string, std::size_t> by_key_;
};

}  // namespace sluice::config
