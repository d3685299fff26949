#include "config/walk.h"

#include "config/key_lookup.h"

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

// Recursion in all walks is bounded by the documents' depth.
void match(const Node& mapping, const Node& other, KeyPath& path, bool enters_missing,
           const std::function<void(const Match&)>& visit) {
  const std::vector<EffectiveEntry> others = effective_entries(other);
  KeyLookup lookup(others);
  for (const EffectiveEntry& entry : effective_entries(mapping)) {
    const EffectiveEntry* counterpart = lookup.find(*entry.key);
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

void mappings(const Node& node, KeyPath& path,
              const std::function<void(const KeyPath&, const Node&)>& visit) {
  const auto is_entered = [](const Node& below) {
    const bool holds_more = below.kind == Kind::mapping || below.kind == Kind::sequence;
    return holds_more && !below.is_alias;
  };
  if (node.kind == Kind::mapping) visit(path, node);
  for (const document::Entry& entry : node.entries) {
    if (!is_entered(entry.value)) continue;
    path.push(entry.key);
    mappings(entry.value, path, visit);
    path.pop();
  }
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    if (!is_entered(node.items[i])) continue;
    path.push_item(i);
    mappings(node.items[i], path, visit);
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

void for_each_mapping(const Node& root,
                      const std::function<void(const KeyPath&, const Node&)>& visit) {
  KeyPath path;
  mappings(root, path, visit);
}

}  // namespace sluice::config
