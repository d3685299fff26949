#include "config/merge_rules.h"

#include <algorithm>
#include <string>

#include "base/glob.h"
#include "config/folder.h"
#include "document/merge_key.h"

namespace sluice::config {
namespace {

using document::Kind;
using document::Node;

std::string_view name_of(const Node& item, std::string_view key) {
  if (item.kind != Kind::mapping) return {};
  for (const document::EffectiveEntry& entry : effective_entries(item)) {
    if (entry.key->text == key && entry.value->kind == Kind::scalar) return entry.value->text;
  }
  return {};
}

}  // namespace

MergeRules merge_rules(const Folder& folder, const Options& options) {
  const Source* base = folder.base();
  return {folder.strategy, options.lists, base != nullptr && base->section != nullptr};
}

ListWay list_way(const MergeRules& rules, const KeyPath& path) {
  if (!rules.lists.empty()) {
    const std::string way = path.as_glob_path(path.depth());
    for (const ListSetting& row : rules.lists) {
      std::string glob = row.keys;
      std::replace(glob.begin(), glob.end(), '.', '/');
      if (base::wildmatch(glob, way)) return {row.rule, row.name};
    }
  }
  return {rules.strategy == Strategy::dotnet ? ListRule::by_index : ListRule::replace, {}};
}

std::vector<std::size_t> item_counterparts(const ListWay& way, const Node& list, const Node& other) {
  std::vector<std::size_t> places(list.items.size(), ItemNames::none);
  if (way.rule == ListRule::by_index) {
    for (std::size_t i = 0; i < std::min(list.items.size(), other.items.size()); ++i) places[i] = i;
  } else if (way.rule == ListRule::by_key) {
    ItemNames names;
    for (const Node& item : other.items) names.add(name_of(item, way.name));
    for (std::size_t i = 0; i < list.items.size(); ++i) places[i] = names.find(name_of(list.items[i], way.name));
  }
  return places;
}

}  // namespace sluice::config
