#include "config/schema_value.h"

#include "config/plain_value.h"
#include "config/values.h"

namespace sluice::config {

using document::Kind;
using document::ScalarType;
using schema::Value;

// Recursion is bounded by the documents' depth.
Value schema_value(const Merged& merged) {
  Value value;
  value.origin = &merged;
  if (merged.kind == Kind::mapping) {
    value.type = Value::Type::object;
    for (const Merged::Entry& entry : merged.entries) {
      value.members.emplace_back(entry.key->text, schema_value(entry.value));
    }
    return value;
  }
  if (merged.kind == Kind::sequence) {
    value.type = Value::Type::array;
    for (const Merged& item : merged.items) value.items.push_back(schema_value(item));
    return value;
  }
  if (merged.kind == Kind::null) return value;
  const document::Node& node = *merged.given.value;
  value.text = node.text;
  if (is_interpolated(node) || is_mandatory_mark(node)) {
    value.type = Value::Type::unknown;
  } else if (node.type == ScalarType::boolean) {
    value.type = Value::Type::boolean;
    value.text = as_json(node);
  } else if (node.type == ScalarType::integer || node.type == ScalarType::real) {
    std::string text = as_json(node);
    // Infinity and what is beyond a double are texts to JSON.
    value.type = Value::Type::number;
    if (!text.starts_with('"')) set_number(value, std::move(text));
  } else {
    value.type = Value::Type::string;
  }
  return value;
}

}  // namespace sluice::config
