#include "config/merged.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "config/environment.h"
#include "config/key_lookup.h"
#include "config/key_path.h"
#include "config/values.h"
#include "document/merge_key.h"

namespace sluice::config {
namespace {

using document::EffectiveEntry;
using document::Kind;
using document::Node;

// Recursion in here is bounded by the documents' depth.
class Merger {
 public:
  explicit Merger(const MergeRules& rules) : rules_(rules) {}

  Merged tree(const Source& source, const Node& value, Given given) {
    Merged result;
    result.kind = value.kind;
    given.source = &source;
    given.value = &value;
    result.given = given;
    for (const Node& item : value.items) result.items.push_back(tree(source, item, {}));
    if (value.kind != Kind::mapping) return result;
    for (const EffectiveEntry& entry : effective_entries(value)) {
      result.entries.push_back(
          {entry.key, tree(source, *entry.value, {&source, entry.key, entry.value, entry.via})});
    }
    return result;
  }

  // Lays `over` on `base`, of which both are mappings.
  void lay(Merged& base, Merged over) {
    base.overridden.push_back(base.given);
    base.given = over.given;
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < base.entries.size(); ++i) {
      places.emplace(identity(*base.entries[i].key), i);
    }
    std::vector<std::size_t> removed;
    for (Merged::Entry& entry : over.entries) {
      const auto [place, is_new] = places.try_emplace(identity(*entry.key), base.entries.size());
      if (is_new) {
        base.entries.push_back(std::move(entry));
        continue;
      }
      path_.push(*entry.key);
      Merged::Entry& into = base.entries[place->second];
      if (rules_.strategy == Strategy::helm && entry.value.kind == Kind::null) {
        removed.push_back(place->second);
      } else if (replace(into.value, std::move(entry.value))) {
        into.key = into.value.given.key;
      }
      path_.pop();
    }
    std::sort(removed.rbegin(), removed.rend());
    for (const std::size_t at : removed) {
      base.entries.erase(base.entries.begin() + static_cast<std::ptrdiff_t>(at));
    }
  }

 private:
  std::string identity(const Node& key) const { return folded_identity(key, rules_.fold()); }

  // False when the base's value stays.
  bool replace(Merged& base, Merged over) {
    const bool is_destructive =
        rules_.strategy == Strategy::kedro_destructive && path_.depth() == 1;
    if (base.kind == Kind::mapping && over.kind == Kind::mapping && !is_destructive) {
      lay(base, std::move(over));
      return true;
    }
    if (over.kind == Kind::null && rules_.flattens() && (!base.entries.empty() || !base.items.empty())) return false;
    if (rules_.strategy == Strategy::omegaconf && is_mandatory_mark(*over.given.value)) return false;
    if (base.kind == Kind::sequence && over.kind == Kind::sequence) {
      return merge_list(base, std::move(over));
    }
    std::vector<Given> before = std::move(base.overridden);
    before.push_back(base.given);
    base = std::move(over);
    base.overridden = std::move(before);
    return true;
  }

  bool merge_list(Merged& base, Merged over) {
    const ListWay way = list_way(rules_, path_);
    if (way.rule == ListRule::keep) return false;
    base.overridden.push_back(base.given);
    base.given = over.given;
    if (way.rule == ListRule::replace) {
      base.items = std::move(over.items);
    } else if (way.rule == ListRule::append) {
      std::move(over.items.begin(), over.items.end(), std::back_inserter(base.items));
    } else if (way.rule == ListRule::by_index) {
      for (std::size_t i = 0; i < over.items.size(); ++i) put(base, i, std::move(over.items[i]));
    } else {
      merge_by_name(base, std::move(over), way.name);
    }
    return true;
  }

  void merge_by_name(Merged& base, Merged over, std::string_view key) {
    ItemNames names;
    for (const Merged& item : base.items) names.add(name_of(item, key));
    for (Merged& item : over.items) {
      const std::size_t at = names.find(name_of(item, key));
      if (at == ItemNames::none) names.add(name_of(item, key));
      put(base, at, std::move(item));
    }
  }

  void put(Merged& list, std::size_t at, Merged item) {
    if (at >= list.items.size()) {
      list.items.push_back(std::move(item));
      return;
    }
    path_.push_item(at);
    replace(list.items[at], std::move(item));
    path_.pop();
  }

  static std::string_view name_of(const Merged& item, std::string_view key) {
    const Merged* name = item.find(key);
    return name == nullptr || name->kind != Kind::scalar ? std::string_view() : name->given.value->text;
  }

  const MergeRules& rules_;
  KeyPath path_;
};

}  // namespace

const Merged* Merged::find(std::string_view key) const {
  for (const Entry& entry : entries) {
    if (entry.key->text == key) return &entry.value;
  }
  return nullptr;
}

Merged merged(const std::vector<const Source*>& layers, const MergeRules& rules) {
  Merger merger(rules);
  Merged result;
  for (const Source* layer : layers) {
    const Node* mapping = layer == nullptr ? nullptr : layer->mapping();
    if (mapping == nullptr) continue;
    Merged tree = merger.tree(*layer, *mapping, {});
    if (result.given.source == nullptr) {
      result = std::move(tree);
    } else {
      merger.lay(result, std::move(tree));
    }
  }
  return result;
}

Merged merged(const Folder& folder, const Source* environment, const Options& options) {
  return merged({folder.base(), environment}, merge_rules(folder, options));
}

const Source* find_environment(const Folder& folder, std::string_view environment) {
  for (const Source& source : folder.environments) {
    if (source.environment == environment) return &source;
  }
  for (const Source& source : folder.environments) {
    if (canonical_environment(source.environment) == canonical_environment(environment)) {
      return &source;
    }
  }
  return nullptr;
}

}  // namespace sluice::config
