#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <set>

#include "schema/validation.h"

namespace sluice::schema {

using document::Entry;
using document::Kind;
using document::Node;
using Type = Value::Type;

bool Validator::of_object(const Value& value, const Node& schema, const Entry& entry, Found found) {
  const std::string& name = entry.key.text;
  if (name == "required") return required(value, entry.value, entry.key, "required", found);
  if (name == "properties") return properties(value, entry.value, found);
  if (name == "patternProperties") return pattern_properties(value, entry.value, found);
  if (name == "additionalProperties") return additional(value, schema, entry, found);
  if (name == "unevaluatedProperties") return unevaluated(value, schema, entry, found);
  if (name == "propertyNames") return names(value, entry, found);
  if (name == "dependencies" || name == "dependentRequired" || name == "dependentSchemas") {
    return dependent(value, entry, found);
  }
  const auto size = static_cast<double>(value.members.size());
  bool fits = true;
  if (name == "maxProperties") fits = size <= value_of(entry.value).number;
  if (name == "minProperties") fits = size >= value_of(entry.value).number;
  return fits || wrong(found, value, entry.key, name,
                       fmt::format("breaks the schema's `{}: {}`", name, entry.value.text));
}

bool Validator::required(const Value& value, const Node& keys, const Node& key, const char* keyword, Found found) {
  bool is_right = true;
  for (const Node& one : keys.items) {
    if (value.find(one.text) != nullptr) continue;
    is_right = wrong(found, value, key, keyword,
                     fmt::format("lacks `{}`, which the schema demands", one.text.substr(0, 80)));
    // The key's own place in the list says more than the list's.
    if (found != nullptr) found->back().at = one.mark;
  }
  return is_right;
}

bool Validator::properties(const Value& value, const Node& schemas, Found found) {
  bool is_right = true;
  for (const auto& [name, member] : value.members) {
    const Node* schema = schemas.find(name);
    if (schema != nullptr) is_right = check(member, *schema, found) && is_right;
  }
  return is_right;
}

bool Validator::matches(const std::string& pattern, const std::string& name) const {
  return RE2::PartialMatch(name, *references_.patterns.find(pattern)->second);
}

bool Validator::pattern_properties(const Value& value, const Node& schemas, Found found) {
  bool is_right = true;
  for (const Entry& entry : schemas.entries) {
    for (const auto& [name, member] : value.members) {
      if (matches(entry.key.text, name)) is_right = check(member, entry.value, found) && is_right;
    }
  }
  return is_right;
}

bool Validator::is_named(const std::string& name, const Node& schema) const {
  const Node* properties = schema.find("properties");
  if (properties != nullptr && properties->find(name) != nullptr) return true;
  const Node* patterns = schema.find("patternProperties");
  return patterns != nullptr &&
         std::any_of(patterns->entries.begin(), patterns->entries.end(),
                     [&](const Entry& entry) { return matches(entry.key.text, name); });
}

bool Validator::additional(const Value& value, const Node& schema, const Entry& entry, Found found) {
  bool is_right = true;
  for (const auto& [name, member] : value.members) {
    if (!is_named(name, schema)) is_right = surplus(value, name, member, schema, entry, found) && is_right;
  }
  return is_right;
}

bool Validator::surplus(const Value& value, const std::string& name, const Value& member, const Node& schema,
             const Entry& entry, Found found) {
  const Node& rest = entry.value;
  if (rest.kind == Kind::mapping || is_true(rest)) return check(member, rest, found);
  std::vector<std::string> known;
  if (const Node* properties = schema.find("properties")) {
    for (const Entry& other : properties->entries) {
      if (value.find(other.key.text) == nullptr) known.push_back(other.key.text);
    }
  }
  const std::string near = base::nearest(name, known);
  return wrong(found, value, entry.key, entry.key.text,
               near.empty() ? "is a key that the schema does not know"
                            : fmt::format("is a key that the schema does not know; did you mean `{}`?", near),
               name);
}

bool Validator::names(const Value& value, const Entry& entry, Found found) {
  bool is_right = true;
  for (const auto& [name, member] : value.members) {
    Value key;
    key.type = Type::string;
    key.text = name;
    if (check(key, entry.value, nullptr)) continue;
    is_right = wrong(found, value, entry.key, "propertyNames",
                     "has a name that the schema forbids", name);
  }
  return is_right;
}

bool Validator::dependent(const Value& value, const Entry& entry, Found found) {
  bool is_right = true;
  for (const Entry& other : entry.value.entries) {
    if (value.find(other.key.text) == nullptr) continue;
    const bool fits = other.value.kind == Kind::sequence
                          ? required(value, other.value, other.key, "dependencies", found)
                          : check(value, other.value, found);
    is_right = fits && is_right;
  }
  return is_right;
}

bool Validator::unevaluated(const Value& value, const Node& schema, const Entry& entry, Found found) {
  std::set<std::string, std::less<>> evaluated;
  collect(value, schema, evaluated, &entry);
  bool is_right = true;
  for (const auto& [name, member] : value.members) {
    if (!evaluated.contains(name)) is_right = surplus(value, name, member, schema, entry, found) && is_right;
  }
  return is_right;
}

// The keys of `value` that some part of `schema` is about (2020-12, "unevaluatedProperties").
void Validator::collect(const Value& value, const Node& schema, std::set<std::string, std::less<>>& into,
             const Entry* without) {
  if (schema.kind != Kind::mapping || is_exhausted_ || depth_ >= deepest_schema) return;
  ++depth_;
  for (const auto& [name, member] : value.members) {
    const bool takes_rest = schema.find("additionalProperties") != nullptr ||
                            (schema.find("unevaluatedProperties") != nullptr && without == nullptr);
    if (takes_rest || is_named(name, schema)) into.insert(name);
  }
  for (const Entry& entry : schema.entries) {
    const std::string& name = entry.key.text;
    if (name == "$ref") collect(value, *references_.targets.find(entry.value.text)->second, into, nullptr);
    if (name == "allOf" || name == "anyOf" || name == "oneOf") {
      for (const Node& one : entry.value.items) {
        if (check(value, one, nullptr)) collect(value, one, into, nullptr);
      }
    }
    if (name == "if") {
      const bool holds = check(value, entry.value, nullptr);
      if (holds) collect(value, entry.value, into, nullptr);
      if (const Node* next = schema.find(holds ? "then" : "else")) collect(value, *next, into, nullptr);
    }
    if (name == "dependentSchemas") {
      for (const Entry& other : entry.value.entries) {
        if (value.find(other.key.text) != nullptr) collect(value, other.value, into, nullptr);
      }
    }
  }
  --depth_;
}

}  // namespace sluice::schema
