#include "schema/value.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace sluice::schema {

using document::Kind;
using document::ScalarType;

const Value* Value::find(std::string_view key) const {
  for (const auto& [name, value] : members) {
    if (name == key) return &value;
  }
  return nullptr;
}

std::string_view describe(Value::Type type) {
  switch (type) {
    case Value::Type::null:
      return "null";
    case Value::Type::boolean:
      return "a boolean";
    case Value::Type::integer:
      return "an integer";
    case Value::Type::number:
      return "a number";
    case Value::Type::string:
      return "a string";
    case Value::Type::array:
      return "a list";
    case Value::Type::object:
      return "a mapping";
    case Value::Type::unknown:
      break;
  }
  return "not known yet";
}

// Recursion is bounded by the documents' depth.
bool is_equal(const Value& a, const Value& b) {
  using enum Value::Type;
  if (a.type == unknown || b.type == unknown) return true;
  const auto is_number = [](const Value& v) { return v.type == integer || v.type == number; };
  if (is_number(a) && is_number(b)) {
    return a.type == integer && b.type == integer ? a.text == b.text || a.number == b.number
                                                              : a.number == b.number;
  }
  if (a.type != b.type) return false;
  if (a.type == array) {
    return std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), is_equal);
  }
  if (a.type != object) return a.text == b.text;
  return a.members.size() == b.members.size() &&
         std::all_of(a.members.begin(), a.members.end(), [&](const auto& member) {
           const Value* other = b.find(member.first);
           return other != nullptr && is_equal(member.second, *other);
         });
}

void set_number(Value& value, std::string text) {
  value.number = std::strtod(text.c_str(), nullptr);
  value.text = std::move(text);
  const bool is_whole = std::isfinite(value.number) && std::trunc(value.number) == value.number;
  value.type = is_whole ? Value::Type::integer : Value::Type::number;
}

Value value_of(const document::Node& node) {
  Value value;
  value.origin = &node;
  value.text = node.text;
  if (node.kind == Kind::mapping) {
    value.type = Value::Type::object;
    for (const document::Entry& entry : node.entries) {
      value.members.emplace_back(entry.key.text, value_of(entry.value));
    }
  } else if (node.kind == Kind::sequence) {
    value.type = Value::Type::array;
    for (const document::Node& item : node.items) value.items.push_back(value_of(item));
  } else if (node.kind == Kind::scalar) {
    value.type = Value::Type::string;
    if (node.type == ScalarType::boolean) value.type = Value::Type::boolean;
    if (node.type == ScalarType::integer || node.type == ScalarType::real) set_number(value, node.text);
  }
  return value;
}

}  // namespace sluice::schema
