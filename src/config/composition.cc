#include "config/composition.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace sluice::config {
namespace {

using document::Kind;
using document::Node;

const Node* defaults_of(const Source& source) {
  const Node* mapping = source.mapping();
  const Node* defaults = mapping == nullptr ? nullptr : mapping->find("defaults");
  if (defaults == nullptr || defaults->kind != Kind::sequence || defaults->items.empty()) return nullptr;
  const auto is_choice = [](const Node& item) {
    return item.kind == Kind::scalar || (item.kind == Kind::mapping && item.entries.size() == 1);
  };
  return std::all_of(defaults->items.begin(), defaults->items.end(), is_choice) ? defaults : nullptr;
}

std::string_view stem_of(std::string_view path) {
  path = path.substr(path.rfind('/') + 1);
  return path.substr(0, path.rfind('.'));
}

}  // namespace

bool is_composed(const Source& source) { return defaults_of(source) != nullptr; }

bool is_composed(const Folder& folder) {
  bool is_any = false;
  for_each_source(folder, [&](const Source& source) { is_any = is_any || is_composed(source); });
  return is_any;
}

bool composes(const Source& source, const Source& base) {
  const Node* defaults = defaults_of(source);
  if (defaults == nullptr) return false;
  return std::any_of(defaults->items.begin(), defaults->items.end(), [&](const Node& item) {
    return item.kind == Kind::scalar && stem_of(item.text) == stem_of(base.path());
  });
}

}  // namespace sluice::config
