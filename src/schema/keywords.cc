#include "schema/keywords.h"

#include <algorithm>
#include <array>

#include "schema/value.h"

namespace sluice::schema {
namespace {

using document::Kind;
using document::Node;
using document::ScalarType;

struct Keyword {
  std::string_view name;
  Shape shape;
};

constexpr std::array<Keyword, 51> keywords = {{
    {"type", Shape::type},
    {"enum", Shape::list},
    {"const", Shape::any},
    {"multipleOf", Shape::number},
    {"maximum", Shape::number},
    {"minimum", Shape::number},
    {"exclusiveMaximum", Shape::number_or_boolean},
    {"exclusiveMinimum", Shape::number_or_boolean},
    {"maxLength", Shape::count},
    {"minLength", Shape::count},
    {"pattern", Shape::text},
    {"items", Shape::schema_or_schemas},
    {"prefixItems", Shape::schemas},
    {"additionalItems", Shape::schema},
    {"maxItems", Shape::count},
    {"minItems", Shape::count},
    {"uniqueItems", Shape::boolean},
    {"contains", Shape::schema},
    {"maxContains", Shape::count},
    {"minContains", Shape::count},
    {"maxProperties", Shape::count},
    {"minProperties", Shape::count},
    {"required", Shape::texts},
    {"properties", Shape::schema_map},
    {"patternProperties", Shape::schema_map},
    {"additionalProperties", Shape::schema},
    {"unevaluatedProperties", Shape::schema},
    {"propertyNames", Shape::schema},
    {"dependencies", Shape::dependencies},
    {"dependentRequired", Shape::text_lists},
    {"dependentSchemas", Shape::schema_map},
    {"if", Shape::schema},
    {"then", Shape::schema},
    {"else", Shape::schema},
    {"allOf", Shape::schemas},
    {"anyOf", Shape::schemas},
    {"oneOf", Shape::schemas},
    {"not", Shape::schema},
    {"$ref", Shape::text},
    {"$recursiveRef", Shape::text},
    {"$defs", Shape::schema_map},
    {"definitions", Shape::schema_map},
    {"$anchor", Shape::text},
    {"$id", Shape::text},
    {"id", Shape::any},
    {"$schema", Shape::text},
    {"title", Shape::any},
    {"description", Shape::any},
    {"format", Shape::text},
    {"$dynamicRef", Shape::unsupported},
    {"unevaluatedItems", Shape::unsupported},
}};

constexpr std::array<std::string_view, 7> types = {"null",   "boolean", "integer", "number",
                                                   "string", "array",   "object"};

bool is_boolean(const Node& node) {
  return node.kind == Kind::scalar && node.type == ScalarType::boolean;
}

bool is_schema(const Node& node) { return node.kind == Kind::mapping || is_boolean(node); }

bool is_text(const Node& node) { return node.kind == Kind::scalar && node.type == ScalarType::string; }

bool is_number(const Node& node) {
  return node.kind == Kind::scalar &&
         (node.type == ScalarType::integer || node.type == ScalarType::real);
}

bool is_count(const Node& node) {
  if (!is_number(node)) return false;
  const Value value = value_of(node);
  return value.type == Value::Type::integer && value.number >= 0;
}

// YAML reads a bare `null` as null, and people write it for the type.
bool is_type(const Node& node) {
  return node.kind == Kind::null || (node.kind == Kind::scalar &&
                                     std::find(types.begin(), types.end(), node.text) != types.end());
}

bool all_items(const Node& node, bool (*is_right)(const Node&)) {
  return node.kind == Kind::sequence && std::all_of(node.items.begin(), node.items.end(), is_right);
}

bool all_entries(const Node& node, bool (*is_right)(const Node&)) {
  return node.kind == Kind::mapping &&
         std::all_of(node.entries.begin(), node.entries.end(),
                     [&](const document::Entry& entry) { return is_right(entry.value); });
}

bool is_texts(const Node& node) { return all_items(node, is_text); }

}  // namespace

Shape shape_of(std::string_view keyword) {
  for (const Keyword& row : keywords) {
    if (row.name == keyword) return row.shape;
  }
  return Shape::any;
}

bool has_shape(const Node& node, Shape shape) {
  switch (shape) {
    case Shape::any:
      return true;
    case Shape::schema:
      return is_schema(node);
    case Shape::schemas:
      return all_items(node, is_schema) && !node.items.empty();
    case Shape::schema_or_schemas:
      return is_schema(node) || all_items(node, is_schema);
    case Shape::schema_map:
      return all_entries(node, is_schema);
    case Shape::dependencies:
      return all_entries(node, [](const Node& n) { return is_schema(n) || is_texts(n); });
    case Shape::number:
      return is_number(node);
    case Shape::count:
      return is_count(node);
    case Shape::number_or_boolean:
      return is_number(node) || is_boolean(node);
    case Shape::boolean:
      return is_boolean(node);
    case Shape::text:
      return is_text(node);
    case Shape::texts:
      return is_texts(node);
    case Shape::text_lists:
      return all_entries(node, is_texts);
    case Shape::list:
      return node.kind == Kind::sequence;
    case Shape::type:
      return is_type(node) || (all_items(node, is_type) && !node.items.empty());
    case Shape::unsupported:
      break;
  }
  return false;
}

std::string_view describe(Shape shape) {
  switch (shape) {
    case Shape::schema:
      return "a schema";
    case Shape::schemas:
      return "a list of schemas";
    case Shape::schema_or_schemas:
      return "a schema or a list of schemas";
    case Shape::schema_map:
      return "a mapping of schemas";
    case Shape::dependencies:
      return "a mapping of schemas or lists of keys";
    case Shape::number:
      return "a number";
    case Shape::count:
      return "a whole number of at least 0";
    case Shape::number_or_boolean:
      return "a number";
    case Shape::boolean:
      return "true or false";
    case Shape::text:
      return "a string";
    case Shape::texts:
      return "a list of strings";
    case Shape::text_lists:
      return "a mapping of lists of strings";
    case Shape::list:
      return "a list";
    case Shape::type:
      return "one of null, boolean, integer, number, string, array, object, or a list of them";
    default:
      break;
  }
  return "something else";
}

}  // namespace sluice::schema
