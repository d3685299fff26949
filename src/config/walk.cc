#include "config/walk.h"

#include <string>
#include <unordered_map>

#include "document/same_key.h"

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

// Finds keys that mostly come in the same order: a table is made only where they do not.
class Lookup {
 public:
  explicit Lookup(const std::vector<EffectiveEntry>& entries) : entries_(entries) {}

  const EffectiveEntry* find(const Node& key) {
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
  const std::vector<EffectiveEntry>& entries_;
  std::size_t next_ = 0;
  std::unordered_map<std::string, std::size_t> by_key_;
};

// Recursion in both walks is bounded by the documents' depth.
void match(const Node& mapping, const Node& other, KeyPath& path, bool enters_missing,
           const std::function<void(const Match&)>& visit) {
  const std::vector<EffectiveEntry> others = effective_entries(other);
  Lookup lookup(others);
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
  for_each_value(root, [&](const KeyPath& path, const Node& value) {
    if (value.kind == Kind::mapping && !value.is_alias) visit(path, value);
  });
}

}  // namespace sluice::config
