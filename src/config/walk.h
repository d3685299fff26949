#pragma once

#include <utility>
#include <vector>

#include "config/key_lookup.h"
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

namespace internal {

/// Stands for a mapping that the other side lacks.
const document::Node& empty_mapping();

// Recursion in all walks is bounded by the documents' depth.
template <class Visit>
void match(const document::Node& mapping, const document::Node& other, KeyPath& path, bool enters_missing,
           Visit& visit) {
  const std::vector<document::EffectiveEntry> others = effective_entries(other);
  KeyLookup lookup(others);
  for (const document::EffectiveEntry& entry : effective_entries(mapping)) {
    const document::EffectiveEntry* counterpart = lookup.find(*entry.key);
    path.push(*entry.key);
    visit(Match{path, entry, counterpart, mapping, other});
    const document::Node& below = counterpart != nullptr ? *counterpart->value : empty_mapping();
    const bool enters = counterpart != nullptr || enters_missing;
    if (enters && entry.value->kind == document::Kind::mapping && below.kind == document::Kind::mapping) {
      match(*entry.value, below, path, enters_missing, visit);
    }
    path.pop();
  }
}

template <class Visit>
void values(const document::Node& node, KeyPath& path, Visit& visit) {
  visit(std::as_const(path), node);
  if (node.is_alias) return;
  for (const document::Entry& entry : node.entries) {
    path.push(entry.key);
    values(entry.value, path, visit);
    path.pop();
  }
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    path.push_item(i);
    values(node.items[i], path, visit);
    path.pop();
  }
}

/// True for what a mapping can lie in.
inline bool holds_more(const document::Node& node) {
  const bool is_collection = node.kind == document::Kind::mapping || node.kind == document::Kind::sequence;
  return is_collection && !node.is_alias;
}

template <class Visit>
void mappings(const document::Node& node, KeyPath& path, Visit& visit) {
  if (node.kind == document::Kind::mapping) visit(std::as_const(path), node);
  for (const document::Entry& entry : node.entries) {
    if (!holds_more(entry.value)) continue;
    path.push(entry.key);
    mappings(entry.value, path, visit);
    path.pop();
  }
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    if (!holds_more(node.items[i])) continue;
    path.push_item(i);
    mappings(node.items[i], path, visit);
    path.pop();
  }
}

}  // namespace internal

/// Calls `visit(const Match&)` for every key of `mapping` (merge keys applied), and for those below it
/// where both sides hold mappings. Lists are not entered: a merge replaces them as a whole. Both must be
/// mappings.
template <class Visit>
void for_each_match(const document::Node& mapping, const document::Node& other, Visit visit) {
  KeyPath path;
  internal::match(mapping, other, path, false, visit);
}

/// As for_each_match, but what lies below a key that `other` lacks is visited too.
template <class Visit>
void for_each_match_or_miss(const document::Node& mapping, const document::Node& other, Visit visit) {
  KeyPath path;
  internal::match(mapping, other, path, true, visit);
}

/// Calls `visit(const KeyPath&, const Node&)` for every value of a document as it is written: mappings,
/// lists and scalars, keys not included. Aliases are visited but not entered, because what they name is
/// visited where it stands. The path leads to the value.
template <class Visit>
void for_each_value(const document::Node& root, Visit visit) {
  KeyPath path;
  internal::values(root, path, visit);
}

/// Calls `visit(const KeyPath&, const Node&)` for every mapping of a document as it is written, aliases
/// left out.
template <class Visit>
void for_each_mapping(const document::Node& root, Visit visit) {
  KeyPath path;
  internal::mappings(root, path, visit);
}

}  // namespace sluice::config
