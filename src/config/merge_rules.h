#pragma once

#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/check.h"
#include "config/key_lookup.h"
#include "config/key_path.h"

namespace sluice::config {

struct Folder;

/// How one loader merges (docs/config.md, Strategies).
struct MergeRules {
  Strategy strategy = Strategy::deep;
  std::vector<ListSetting> lists;
  bool is_dynaconf = false;

  KeyFold fold() const {
    if (strategy == Strategy::spring) return KeyFold::relaxed;
    return strategy == Strategy::dotnet || is_dynaconf ? KeyFold::letter_case : KeyFold::none;
  }

  /// Whether the loader makes one level of a file, in which a value is called by all the keys on its way. Values are texts
  /// then, which the program's own types convert, and null takes nothing away that lies below a key.
  bool flattens() const { return strategy == Strategy::dotnet || strategy == Strategy::spring; }
};

/// The rules for a folder: its strategy, and what the policy says of lists.
MergeRules merge_rules(const Folder& folder, const Options& options);

/// What becomes of the list at `path` that both sides have.
struct ListWay {
  ListRule rule = ListRule::replace;
  std::string_view name;  ///< for by_key; borrowed from the rules
};
ListWay list_way(const MergeRules& rules, const KeyPath& path);

/// Finds the items of a list by their names, of those with the same name the first. Borrows the names.
class ItemNames {
 public:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  /// The next item; an empty name is none.
  void add(std::string_view name) {
    if (!name.empty()) places_.emplace(name, count_);
    ++count_;
  }
  std::size_t find(std::string_view name) const {
    const auto found = places_.find(name);
    return found == places_.end() ? none : found->second;
  }

 private:
  std::size_t count_ = 0;
  std::unordered_map<std::string_view, std::size_t> places_;
};

/// For each item of `list` the index of the item of `other` that it is merged with; ItemNames::none where there
/// is none, as there always is where lists are not merged item by item.
std::vector<std::size_t> item_counterparts(const ListWay& way, const document::Node& list, const document::Node& other);

}  // namespace sluice::config
