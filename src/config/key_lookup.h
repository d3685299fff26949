#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "document/merge_key.h"
#include "document/same_key.h"

namespace sluice::config {

/// Which keys are one to a loader although they are spelled otherwise.
enum class KeyFold {
  none,
  letter_case,  ///< `LogLevel`, `loglevel`
  relaxed,      ///< `pool-size`, `poolSize`, `pool_size`
};

/// What tells a key from others.
inline std::string folded_identity(const document::Node& key, KeyFold fold) {
  std::string identity = key_identity(key);
  if (fold != KeyFold::none) identity = base::to_lower(identity);
  if (fold == KeyFold::relaxed) std::erase_if(identity, [](char c) { return c == '-' || c == '_'; });
  return identity;
}

/// Finds the keys of one mapping that another asks for. Keys of two files mostly come in the same order: a
/// table is made only where they do not. Borrows the entries.
class KeyLookup {
 public:
  explicit KeyLookup(const std::vector<document::EffectiveEntry>& entries, KeyFold fold = KeyFold::none)
      : entries_(entries), fold_(fold) {}

  /// The entry of the same key (folded_identity), or null.
  const document::EffectiveEntry* find(const document::Node& key) {
    if (next_ < entries_.size() && document::is_same_key(*entries_[next_].key, key)) return &entries_[next_++];
    if (by_key_.empty()) {
      for (std::size_t i = 0; i < entries_.size(); ++i) by_key_.emplace(folded_identity(*entries_[i].key, fold_), i);
    }
    const auto found = by_key_.find(folded_identity(key, fold_));
    if (found == by_key_.end()) return nullptr;
    next_ = found->second + 1;
    return &entries_[found->second];
  }

 private:
  const std::vector<document::EffectiveEntry>& entries_;
  KeyFold fold_;
  std::size_t next_ = 0;
  std::unordered_map<std::string, std::size_t> by_key_;
};

}  // namespace sluice::config
