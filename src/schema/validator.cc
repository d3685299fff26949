#include "schema/validator.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "schema/validation.h"

namespace sluice::schema {
namespace {

using document::Entry;
using document::Kind;
using document::Node;
using Type = Value::Type;

bool has_type(const Value& value, std::string_view name) {
  if (name == "number") return is_number(value);
  constexpr std::array<std::pair<std::string_view, Type>, 6> names = {{{"null", Type::null},
                                                                       {"boolean", Type::boolean},
                                                                       {"integer", Type::integer},
                                                                       {"string", Type::string},
                                                                       {"array", Type::array},
                                                                       {"object", Type::object}}};
  return std::any_of(names.begin(), names.end(),
                     [&](const auto& row) { return row.first == name && row.second == value.type; });
}

std::string_view type_name(const Node& node) {
  return node.kind == Kind::null ? std::string_view("null") : std::string_view(node.text);
}

std::string listed(const document::SeldomList<Node>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size() && i < 8; ++i) {
    text += fmt::format("{}`{}`", i == 0 ? "" : ", ", type_name(items[i]).substr(0, 40));
  }
  return items.size() > 8 ? text + fmt::format(" and {} more", items.size() - 8) : text;
}

}  // namespace

// Appends to `found` unless it is null; true when nothing is wrong. Recursion is bounded by `deepest`.
bool Validator::check(const Value& value, const Node& schema, Found found) {
  if (is_exhausted_ || ++steps_ > most_steps || depth_ >= deepest_schema) {
    is_exhausted_ = true;
    return true;
  }
  if (value.type == Type::unknown) return true;
  if (schema.kind != Kind::mapping) {
    if (is_true(schema)) return true;
    return wrong(found, value, schema, "false", "is not allowed at all");
  }
  ++depth_;
  bool is_right = true;
  const Node* ref = schema.find("$ref");
  const bool ref_only = ref != nullptr && references_.ref_stands_alone;
  for (const Entry& entry : schema.entries) {
    const bool is_ref = entry.key.text == "$ref" || entry.key.text == "$recursiveRef";
    if (ref_only && !is_ref) continue;
    is_right = keyword(value, schema, entry, found) && is_right;
    if (!is_right && found == nullptr) break;
  }
  --depth_;
  return is_right;
}

bool Validator::wrong(Found found, const Value& value, const Node& key, std::string keyword,
                  std::string message, std::string of_key) {
  if (found != nullptr) {
    found->push_back({&value, std::move(of_key), key.mark, std::move(keyword), std::move(message)});
  }
  return false;
}

bool Validator::keyword(const Value& value, const Node& schema, const Entry& entry, Found found) {
  const std::string& name = entry.key.text;
  if (name == "$ref" || name == "$recursiveRef") {
    return check(value, *references_.targets.find(entry.value.text)->second, found);
  }
  if (name == "type" || name == "enum" || name == "const") return of_any(value, entry, found);
  if (name == "allOf" || name == "anyOf" || name == "oneOf" || name == "not" || name == "if") {
    return combined(value, schema, entry, found);
  }
  if (is_number(value)) return of_number(value, schema, entry, found);
  if (value.type == Type::string) return of_string(value, entry, found);
  if (value.type == Type::array) return of_array(value, schema, entry, found);
  if (value.type == Type::object) return of_object(value, schema, entry, found);
  return true;
}

bool Validator::of_any(const Value& value, const Entry& entry, Found found) {
  const Node& wanted = entry.value;
  if (entry.key.text == "type") {
    const bool fits = wanted.kind == Kind::sequence
                          ? std::any_of(wanted.items.begin(), wanted.items.end(),
                                        [&](const Node& one) { return has_type(value, type_name(one)); })
                          : has_type(value, type_name(wanted));
    if (fits) return true;
    return wrong(found, value, entry.key, "type",
                 fmt::format("is {}, and the schema wants {}", describe(value.type),
                             wanted.kind == Kind::sequence ? "one of " + listed(wanted.items)
                                                           : fmt::format("`{}`", type_name(wanted))));
  }
  if (entry.key.text == "const") {
    if (is_equal(value, value_of(wanted))) return true;
    return wrong(found, value, entry.key, "const",
                 fmt::format("is not what the schema wants: `{}`", type_name(wanted).substr(0, 80)));
  }
  for (const Node& one : wanted.items) {
    if (is_equal(value, value_of(one))) return true;
  }
  return wrong(found, value, entry.key, "enum",
               fmt::format("is none of what the schema lists: {}", listed(wanted.items)));
}

bool Validator::combined(const Value& value, const Node& schema, const Entry& entry, Found found) {
  const std::string& name = entry.key.text;
  if (name == "if") {
    const Node* next = schema.find(check(value, entry.value, nullptr) ? "then" : "else");
    return next == nullptr || check(value, *next, found);
  }
  if (name == "not") {
    if (!check(value, entry.value, nullptr)) return true;
    return wrong(found, value, entry.key, name, "is what the schema forbids");
  }
  bool all = true;
  std::size_t count = 0;
  for (const Node& one : entry.value.items) {
    if (check(value, one, name == "allOf" ? found : nullptr)) {
      ++count;
    } else {
      all = false;
    }
  }
  if (name == "allOf") return all;
  if (count == 1 || (count > 1 && name == "anyOf") || is_exhausted_) return true;
  if (count == 0) return none_fits(value, entry, found);
  return wrong(found, value, entry.key, name,
               fmt::format("fits {} of the schema's {} alternatives, and must fit one", count,
                           entry.value.items.size()));
}

// Where only one alternative is for this kind of value, what is wrong with it says more.
bool Validator::none_fits(const Value& value, const Entry& entry, Found found) {
  if (found == nullptr) return false;
  const Node* only = nullptr;
  std::size_t count = 0;
  for (const Node& one : entry.value.items) {
    const Node* type = one.find("type");
    const bool may_fit = type == nullptr || type->kind == Kind::sequence || has_type(value, type_name(*type));
    if (may_fit && ++count == 1) only = &one;
  }
  if (count == 1) return check(value, *only, found);
  return wrong(found, value, entry.key, entry.key.text,
               fmt::format("fits none of the schema's {} alternatives", entry.value.items.size()));
}

Result<std::vector<Violation>> violations(const Value& value, const Node& schema,
                                          const References& references) {
  Validator validator(references);
  std::vector<Violation> found;
  validator.check(value, schema, &found);
  if (validator.is_exhausted()) {
    return fail(ErrorKind::limit_exceeded, "the schema refers to itself without end, or asks for too much", "",
                "take the circle out of its references");
  }
  return found;
}

}  // namespace sluice::schema
