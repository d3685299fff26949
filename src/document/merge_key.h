#pragma once

#include <vector>

#include "document/node.h"

namespace sluice::document {

/// A key that a mapping has, by itself or by a merge key.
struct EffectiveEntry {
  const Node* key = nullptr;  ///< where the key is written: for a merged one, at the anchor
  const Node* value = nullptr;
  const Node* via = nullptr;  ///< for a merged one, the alias or mapping behind `<<`; else null
};

/// True for the key `<<` as PyYAML takes it: plain, without a tag (or tagged `!!merge`).
bool is_merge_key(const Node& key);

/// True when `value` may stand behind `<<`: a mapping or a sequence of mappings.
bool is_mergeable(const Node& value);

/// True when `mapping` is small, its keys are all texts, none comes twice, and none is a merge key: mostly
/// so, and told in linear time without taking memory. False says nothing.
bool has_distinct_keys(const Node& mapping);

/// The keys of `mapping` with merge keys applied the way PyYAML does: a key of its own wins
/// wherever it stands, of several merged mappings in a list the first wins, of several `<<` the
/// last, and of duplicate keys the last. Each key comes once, in the order of first appearance,
/// merged ones first. What cannot be merged (`<<: 5`) is left out. Borrows from `mapping`, which
/// must stay.
std::vector<EffectiveEntry> effective_entries(const Node& mapping);

}  // namespace sluice::document
