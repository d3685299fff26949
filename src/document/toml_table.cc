#include "document/toml_table.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace sluice::document {
namespace {

bool is_before(const Mark& a, const Mark& b) {
  return std::tie(a.line, a.column) < std::tie(b.line, b.column);
}

}  // namespace

TomlValue* TomlValue::find(const std::string& key) const {
  const auto found = by_key.find(key);
  return found == by_key.end() ? nullptr : found->second;
}

TomlValue& TomlValue::add_member(Node key, Made made_as) {
  auto value = std::make_unique<TomlValue>();
  value->made = made_as;
  value->node.kind = Kind::mapping;
  value->node.mark = key.mark;
  value->node.end = key.end;
  TomlValue& added = *value;
  by_key.emplace(key.text, &added);
  members.push_back({std::move(key), std::move(value)});
  return added;
}

Node TomlValue::take() {
  for (Member& member : members) {
    Node value = member.value->take();
    if (is_before(node.end, value.end)) node.end = value.end;
    node.entries.push_back({std::move(member.key), std::move(value)});
  }
  for (auto& item : items) {
    Node value = item->take();
    if (is_before(node.end, value.end)) node.end = value.end;
    node.items.push_back(std::move(value));
  }
  return std::move(node);
}

}  // namespace sluice::document
