#pragma once

#include <functional>

#include "config/key_path.h"
#include "document/merge_key.h"

namespace sluice::config {

/// A key of one mapping and the same key in the mapping that it is held against.
struct Match {
  const KeyPath& path;  ///< the key's own step included; valid during the call
  const document::EffectiveEntry& entry;
  const document::EffectiveEntry* other;  ///< null when the other mapping lacks it
  const document::Node& mapping;          ///< that holds `entry`
  const document::Node& other_mapping;
};

/// Visits every key of `mapping` (merge keys applied), and those below it where both sides hold
/// mappings. Lists are not entered: a merge replaces them as a whole. Both must be mappings.
void for_each_match(const document::Node& mapping, const document::Node& other,
                    const std::function<void(const Match&)>& visit);

/// As for_each_match, but what lies below a key that `other` lacks is visited too.
void for_each_match_or_miss(const document::Node& mapping, const document::Node& other,
                            const std::function<void(const Match&)>& visit);

/// Visits every value of a document as it is written: mappings, lists and scalars, keys not
/// included. Aliases are visited but not entered, because what they name is visited where it
/// stands. `path` leads to the value.
void for_each_value(
    const document::Node& root,
    const std::function<void(const KeyPath& path, const document::Node& value)>& visit);

/// Visits every mapping of a document as it is written, aliases left out.
void for_each_mapping(
    const document::Node& root,
    const std::function<void(const KeyPath& path, const document::Node& mapping)>& visit);

}  // namespace sluice::config
