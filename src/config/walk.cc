#include "config/walk.h"

#include <string>
#include <unordered_map>

#include "document/scalar.h"

namespace sluice::config {
namespace {

using document::EffectiveEntry;
using document::Kind;
using document::Node;

// Stands for a mapping that the other side lacks.
const Node& nothing() {
  static const Node node = [] {
    Node mapping;
    mapping.kind = Kind::mapping;
    return mapping;
  }();
  return node;
}

// Recursion in both walks is bounded by the documents' depth.
void match(const Node& mapping, const Node& other, KeyPath& path, bool enters_missing,
           const std::function<void(const Match&)>& visit) {
  const std::vector<EffectiveEntry> others = effective_entries(other);
  std::unordered_map<std::string, const EffectiveEntry*> by_key;
  for (const EffectiveEntry& entry : others) by_key.emplace(key_identity(*entry.key), &entry);
  for (const EffectiveEntry& entry : effective_entries(mapping)) {
    const auto found = by_key.find(key_identity(*entry.key));
    const EffectiveEntry* counterpart = found == by_key.end() ? nullptr : found->second;
    path.push(*entry.key);
    visit({path, entry, counterpart, mapping, other});
    const Node& below = counterpart != nullptr ? *counterpart->value : nothing();
    const bool enters = counterpart != nullptr || enters_missing;
    if (enters && entry.value->kind == Kind::mapping && below.kind == Kind::mapping) {
      match(*entry.value, below, path, enters_missing, visit);
    }
    path.pop();
  }
}

void values(const Node& node, KeyPath& path,
            const std::function<void(const KeyPath&, const Node&)>& visit) {
  visit(path, node);
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

}  // namespace

void for_each_match(const Node& mapping, const Node& other,
                    const std::function<void(const Match&)>& visit) {
  KeyPath path;
  match(mapping, other, path, false, visit);
}

void for_each_match_or_miss(const Node& mapping, const Node& other,
                            const std::function<void(const Match&)>& visit) {
  KeyPath path;
  match(mapping, other, path, true, visit);
}

void for_each_value(const Node& root,
                    const std::function<void(const KeyPath&, const Node&)>& visit) {
  KeyPath path;
  values(root, path, visit);
}

}  // namespace sluice::config
