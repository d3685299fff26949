#include <fmt/format.h>

#include <algorithm>

#include "schema/validation.h"

namespace sluice::schema {

using document::Entry;
using document::Kind;
using document::Node;
using Type = Value::Type;

bool Validator::of_array(const Value& value, const Node& schema, const Entry& entry, Found found) {
  const std::string& name = entry.key.text;
  if (name == "prefixItems" || (name == "items" && entry.value.kind == Kind::sequence)) {
    bool is_right = true;
    for (std::size_t i = 0; i < std::min(value.items.size(), entry.value.items.size()); ++i) {
      is_right = check(value.items[i], entry.value.items[i], found) && is_right;
    }
    return is_right;
  }
  if (name == "items" || name == "additionalItems") return rest(value, schema, entry, found);
  if (name == "contains") return contains(value, schema, entry, found);
  bool fits = true;
  const auto size = static_cast<double>(value.items.size());
  if (name == "maxItems") fits = size <= value_of(entry.value).number;
  if (name == "minItems") fits = size >= value_of(entry.value).number;
  if (name == "uniqueItems" && is_true(entry.value)) fits = are_unique(value);
  return fits || wrong(found, value, entry.key, name,
                       fmt::format("breaks the schema's `{}: {}`", name, entry.value.text));
}

// Items behind those that have schemas of their own.
bool Validator::rest(const Value& value, const Node& schema, const Entry& entry, Found found) {
  const bool is_items = entry.key.text == "items";
  const Node* before = schema.find(is_items ? "prefixItems" : "items");
  if (!is_items && (before == nullptr || before->kind != Kind::sequence)) return true;
  bool is_right = true;
  for (std::size_t i = before == nullptr ? 0 : before->items.size(); i < value.items.size(); ++i) {
    is_right = check(value.items[i], entry.value, found) && is_right;
  }
  return is_right;
}

bool Validator::contains(const Value& value, const Node& schema, const Entry& entry, Found found) {
  double count = 0;
  for (const Value& item : value.items) count += check(item, entry.value, nullptr) ? 1 : 0;
  const Node* least = schema.find("minContains");
  const Node* most = schema.find("maxContains");
  const bool fits = count >= (least == nullptr ? 1 : value_of(*least).number) &&
                    (most == nullptr || count <= value_of(*most).number);
  return fits || wrong(found, value, entry.key, "contains",
                       fmt::format("holds {} items that the schema's `contains` is about", count));
}

bool Validator::are_unique(const Value& value) {
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (++steps_ > most_steps) return true;
      const bool is_known = value.items[i].type != Type::unknown && value.items[j].type != Type::unknown;
      if (is_known && is_equal(value.items[i], value.items[j])) return false;
    }
  }
  return true;
}

}  // namespace sluice::schema
