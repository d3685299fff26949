#include "config/merge.h"

#include <string>
#include <unordered_map>

#include "document/merge_key.h"
#include "document/scalar.h"

namespace sluice::config {

namespace {

using document::EffectiveEntry;
using document::Kind;
using document::Node;

// `node` with merge keys applied everywhere. Recursion, here and below, is bounded by the
// documents' depth.
Node flattened(const Node& node) {
  Node flat = node;
  for (Node& item : flat.items) item = flattened(item);
  if (node.kind != Kind::mapping) return flat;
  flat.entries.clear();
  for (const EffectiveEntry& entry : effective_entries(node)) {
    flat.entries.push_back({*entry.key, flattened(*entry.value)});
  }
  return flat;
}

}  // namespace

document::Node merge(const Node& base, const Node& override_with) {
  if (base.kind != Kind::mapping || override_with.kind != Kind::mapping)
    return flattened(override_with);
  Node merged = flattened(base);
  std::unordered_map<std::string, std::size_t> places;
  for (const document::Entry& entry : merged.entries) {
    places.emplace(key_identity(entry.key), places.size());
  }
  for (const EffectiveEntry& entry : effective_entries(override_with)) {
    const auto [place, is_new] =
        places.try_emplace(key_identity(*entry.key), merged.entries.size());
    if (is_new) {
      merged.entries.push_back({*entry.key, flattened(*entry.value)});
    } else {
      Node& value = merged.entries[place->second].value;
      value = merge(value, *entry.value);
    }
  }
  return merged;
}

}  // namespace sluice::config
