#include "config/redundancy.h"

#include <algorithm>
#include <vector>

#include "config/key_lookup.h"
#include "config/values.h"

namespace sluice::config {
namespace {

using document::EffectiveEntry;
using document::Kind;
using document::Node;

// Of what is no collection.
bool is_same_value(const Node& over, const Node& base) {
  if (over.kind != base.kind) return false;
  return over.kind == Kind::null || (over.type == base.type && over.text == base.text && !is_mandatory_mark(over));
}

// Recursion in here is bounded by the documents' depth.
class Comparer {
 public:
  Comparer(const MergeRules& rules, const KeyPath& path) : rules_(rules), path_(path) {}

  bool adds_nothing(const Node& over, const Node& base) {
    if (!is_collection(over)) return is_same_value(over, base);
    if (over.kind != base.kind) return false;
    return over.kind == Kind::sequence ? list_adds_nothing(over, base) : mapping_adds_nothing(over, base);
  }

 private:
  bool mapping_adds_nothing(const Node& over, const Node& base) {
    const std::vector<EffectiveEntry> theirs = effective_entries(base);
    const std::vector<EffectiveEntry> mine = effective_entries(over);
    KeyLookup lookup(theirs, rules_.fold());
    return std::all_of(mine.begin(), mine.end(), [&](const EffectiveEntry& entry) {
      const EffectiveEntry* found = lookup.find(*entry.key);
      if (found == nullptr) return false;
      path_.push(*entry.key);
      const bool is_same = adds_nothing(*entry.value, *found->value);
      path_.pop();
      return is_same;
    });
  }

  bool list_adds_nothing(const Node& over, const Node& base) {
    const ListWay way = list_way(rules_, path_);
    if (way.rule == ListRule::append) return over.items.empty();
    if (way.rule == ListRule::replace || way.rule == ListRule::keep) return is_same_list(over, base);
    const std::vector<std::size_t> places = item_counterparts(way, over, base);
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (places[i] == ItemNames::none) return false;
      path_.push_item(places[i]);
      const bool is_same = adds_nothing(over.items[i], base.items[places[i]]);
      path_.pop();
      if (!is_same) return false;
    }
    return true;
  }

  static bool is_same_list(const Node& over, const Node& base) {
    if (over.items.size() != base.items.size()) return false;
    for (std::size_t i = 0; i < over.items.size(); ++i) {
      const bool is_mapping = over.items[i].kind == Kind::mapping;
      if (is_mapping && over.items[i].entries.size() != base.items[i].entries.size()) return false;
      if (!config::adds_nothing(over.items[i], base.items[i])) return false;
    }
    return true;
  }

  const MergeRules& rules_;
  KeyPath path_;
};

}  // namespace

bool adds_nothing(const Node& over, const Node& base) {
  static const MergeRules rules;
  return Comparer(rules, KeyPath()).adds_nothing(over, base);
}

bool adds_nothing(const Node& over, const Node& base, const MergeRules& rules, const KeyPath& path) {
  if (!is_collection(over)) return is_same_value(over, base);  // most values, which need no path of their own
  return Comparer(rules, path).adds_nothing(over, base);
}

}  // namespace sluice::config
