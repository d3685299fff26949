#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "config/key_lookup.h"
#include "config/key_path.h"
#include "config/merge_rules.h"
#include "config/values.h"
#include "document/merge_key.h"

namespace sluice::config {

/// A key of one mapping and the same key in the mapping that it is held against, or an item of a list and the
/// item that it is merged with.
struct Match {
  const KeyPath& path;  ///< the key's own step included; valid during the call
  const document::EffectiveEntry& entry;  ///< of an item, both key and value are the item
  const document::EffectiveEntry* other;  ///< null when the other mapping lacks it
  const document::Node& mapping;          ///< that holds `entry`; of an item, the list
  const document::Node& other_mapping;
  bool names_item = false;  ///< the key by whose value a list finds the item that `mapping` is

  bool is_item() const { return entry.key == entry.value; }
};

namespace internal {

/// Stands for a mapping or list that the other side lacks.
const document::Node& empty_mapping();

struct Walk {
  const MergeRules* rules = nullptr;  // null: keys as they are written, and lists are not entered
  bool enters_missing = false;        // what lies below a key that the other side lacks
  bool is_from_base = false;          // goes along the base, and holds what is laid over it against it
};

// Recursion in all walks is bounded by the documents' depth.
template <class Visit>
class Matcher {
 public:
  Matcher(const Walk& walk, Visit& visit) : walk_(walk), visit_(visit) {}

  // `name` is the key by which a list found `mapping`, if one did.
  void match(const document::Node& mapping, const document::Node& other, std::string_view name = {}) {
    const std::vector<document::EffectiveEntry> others = effective_entries(other);
    KeyLookup lookup(others, walk_.rules == nullptr ? KeyFold::none : walk_.rules->fold());
    for (const document::EffectiveEntry& entry : effective_entries(mapping)) {
      const document::EffectiveEntry* counterpart = lookup.find(*entry.key);
      path_.push(*entry.key);
      visit_(Match{path_, entry, counterpart, mapping, other, !name.empty() && entry.key->text == name});
      enter(*entry.value, counterpart == nullptr ? nullptr : counterpart->value);
      path_.pop();
    }
  }

 private:
  void enter(const document::Node& value, const document::Node* other, std::string_view name = {}) {
    if (other == nullptr && !walk_.enters_missing) return;
    const document::Node& below = other != nullptr ? *other : empty_mapping();
    if (value.kind == document::Kind::mapping && below.kind == document::Kind::mapping) {
      match(value, below, name);
    } else if (value.kind == document::Kind::sequence && walk_.rules != nullptr) {
      if (other == nullptr || other->kind == document::Kind::sequence) match_items(value, other);
    }
  }

  void match_items(const document::Node& list, const document::Node* other) {
    const ListWay way = list_way(*walk_.rules, path_);
    if (other != nullptr && way.rule == ListRule::replace) return;
    const document::Node& others = other != nullptr ? *other : empty_mapping();
    const std::vector<std::size_t> places = item_counterparts(way, list, others);
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      const bool is_met = places[i] != ItemNames::none;
      if (!is_met && !walk_.enters_missing) continue;
      const document::Node* met = is_met ? &others.items[places[i]] : nullptr;
      const document::EffectiveEntry entry{&list.items[i], &list.items[i], nullptr};
      const document::EffectiveEntry counterpart{met, met, nullptr};
      path_.push_item(walk_.is_from_base || !is_met ? i : places[i]);
      visit_(Match{path_, entry, is_met ? &counterpart : nullptr, list, others});
      enter(list.items[i], met, way.name);
      path_.pop();
    }
  }

  const Walk walk_;
  Visit& visit_;
  KeyPath path_;
};

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
  return is_collection(node) && !node.is_alias;
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
/// where both sides hold mappings. Keys are the same as written, and lists are not entered. Both must be
/// mappings.
template <class Visit>
void for_each_match(const document::Node& mapping, const document::Node& other, Visit visit) {
  internal::Matcher<Visit>({}, visit).match(mapping, other);
}

/// As above, where `over` is laid on `base` as `rules` say: letter case counts where it does for them, and
/// where they merge lists item by item the items that meet are visited, and what lies below them. The
/// path of an item has its index in the base.
template <class Visit>
void for_each_match(const document::Node& over, const document::Node& base, const MergeRules& rules, Visit visit) {
  internal::Matcher<Visit>({&rules}, visit).match(over, base);
}

/// As for_each_match, but what lies below a key that `other` lacks is visited too.
template <class Visit>
void for_each_match_or_miss(const document::Node& mapping, const document::Node& other, Visit visit) {
  internal::Matcher<Visit>({nullptr, true}, visit).match(mapping, other);
}

/// Calls `visit(const Match&)` for every key of `base` and every item of its lists that is still there once
/// `over` is laid on it as `rules` say, held against `over`.
template <class Visit>
void for_each_of_base(const document::Node& base, const document::Node& over, const MergeRules& rules, Visit visit) {
  internal::Matcher<Visit>({&rules, true, true}, visit).match(base, over);
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
