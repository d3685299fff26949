#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "document/node.h"

namespace sluice::schema {

/// A value as JSON Schema sees it.
struct Value {
  enum class Type {
    null,
    boolean,
    integer,  ///< a number without a fraction
    number,
    string,
    array,
    object,
    unknown,  ///< filled in later (`${VAR}`): it could be anything, so everything is true of it
  };
  Type type = Type::null;
  std::string text;    ///< of a string; of a number or boolean as JSON writes it
  double number = 0;
  std::vector<Value> items;
  std::vector<std::pair<std::string, Value>> members;
  const void* origin = nullptr;  ///< what the caller made it of

  const Value* find(std::string_view key) const;
};

/// For a person: `a string`, `an integer`, ...
std::string_view describe(Value::Type type);

/// Equality as JSON Schema defines it: 1 and 1.0 are equal, the order of keys does not count. What is
/// unknown equals everything.
bool is_equal(const Value& a, const Value& b);

/// Sets type and number from a number's text in JSON.
void set_number(Value& value, std::string text);

/// A document's value: JSON, or YAML without merge keys. `origin` is the node.
Value value_of(const document::Node& node);

}  // namespace sluice::schema
