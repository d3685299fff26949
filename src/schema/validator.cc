#include "schema/validator.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

#include "base/text.h"

namespace sluice::schema {
namespace {

using document::Entry;
using document::Kind;
using document::Node;
using Type = Value::Type;

constexpr std::size_t deepest = 500;  // schemas inside of each other, references among them
constexpr std::size_t most_steps = 1'000'000;

bool is_true(const Node& node) { return base::to_lower(node.text) == "true"; }
bool is_number(const Value& value) { return value.type == Type::integer || value.type == Type::number; }

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

std::string listed(const std::vector<Node>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size() && i < 8; ++i) {
    text += fmt::format("{}`{}`", i == 0 ? "" : ", ", type_name(items[i]).substr(0, 40));
  }
  return items.size() > 8 ? text + fmt::format(" and {} more", items.size() - 8) : text;
}

class Validator {
 public:
  explicit Validator(const References& references) : references_(references) {}

  // Appends to `found` unless it is null; true when nothing is wrong. Recursion is bounded by `deepest`.
  bool check(const Value& value, const Node& schema, std::vector<Violation>* found) {
    if (is_exhausted_ || ++steps_ > most_steps || depth_ >= deepest) {
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

  bool is_exhausted() const { return is_exhausted_; }

 private:
  using Found = std::vector<Violation>*;

  static bool wrong(Found found, const Value& value, const Node& key, std::string keyword,
                    std::string message, std::string of_key = {}) {
    if (found != nullptr) {
      found->push_back({&value, std::move(of_key), key.mark, std::move(keyword), std::move(message)});
    }
    return false;
  }

  bool keyword(const Value& value, const Node& schema, const Entry& entry, Found found) {
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

  bool of_any(const Value& value, const Entry& entry, Found found) {
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

  bool combined(const Value& value, const Node& schema, const Entry& entry, Found found) {
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
  bool none_fits(const Value& value, const Entry& entry, Found found) {
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

  static bool of_number(const Value& value, const Node& schema, const Entry& entry, Found found) {
    const std::string& name = entry.key.text;
    if (name != "maximum" && name != "minimum" && name != "multipleOf" && name != "exclusiveMaximum" &&
        name != "exclusiveMinimum") {
      return true;
    }
    const Value limit = value_of(entry.value);
    if (!is_number(limit)) return true;
    // Draft 4 says with a boolean beside it that the limit itself is too much.
    const auto excludes = [&](const char* keyword) {
      const Node* flag = schema.find(keyword);
      return flag != nullptr && flag->type == document::ScalarType::boolean && is_true(*flag);
    };
    const double number = value.number;
    bool fits = true;
    if (name == "maximum") fits = excludes("exclusiveMaximum") ? number < limit.number : number <= limit.number;
    if (name == "minimum") fits = excludes("exclusiveMinimum") ? number > limit.number : number >= limit.number;
    if (name == "exclusiveMaximum") fits = number < limit.number;
    if (name == "exclusiveMinimum") fits = number > limit.number;
    if (name == "multipleOf" && limit.number > 0) {
      const double quotient = number / limit.number;
      fits = std::abs(quotient - std::round(quotient)) <= 1e-9 * std::max(1.0, std::abs(quotient));
    }
    if (fits) return true;
    return wrong(found, value, entry.key, name,
                 fmt::format("breaks the schema's `{}: {}`", name, limit.text));
  }

  bool of_string(const Value& value, const Entry& entry, Found found) const {
    const std::string& name = entry.key.text;
    bool fits = true;
    if (name == "pattern") {
      fits = RE2::PartialMatch(value.text, *references_.patterns.find(entry.value.text)->second);
    } else if (name == "minLength" || name == "maxLength") {
      const auto length = static_cast<double>(base::count_code_points(value.text));
      const double limit = value_of(entry.value).number;
      fits = name == "minLength" ? length >= limit : length <= limit;
    }
    return fits || wrong(found, value, entry.key, name,
                         fmt::format("breaks the schema's `{}: {}`", name, entry.value.text.substr(0, 80)));
  }

  bool of_array(const Value& value, const Node& schema, const Entry& entry, Found found) {
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
  bool rest(const Value& value, const Node& schema, const Entry& entry, Found found) {
    const bool is_items = entry.key.text == "items";
    const Node* before = schema.find(is_items ? "prefixItems" : "items");
    if (!is_items && (before == nullptr || before->kind != Kind::sequence)) return true;
    bool is_right = true;
    for (std::size_t i = before == nullptr ? 0 : before->items.size(); i < value.items.size(); ++i) {
      is_right = check(value.items[i], entry.value, found) && is_right;
    }
    return is_right;
  }

  bool contains(const Value& value, const Node& schema, const Entry& entry, Found found) {
    double count = 0;
    for (const Value& item : value.items) count += check(item, entry.value, nullptr) ? 1 : 0;
    const Node* least = schema.find("minContains");
    const Node* most = schema.find("maxContains");
    const bool fits = count >= (least == nullptr ? 1 : value_of(*least).number) &&
                      (most == nullptr || count <= value_of(*most).number);
    return fits || wrong(found, value, entry.key, "contains",
                         fmt::format("holds {} items that the schema's `contains` is about", count));
  }

  bool are_unique(const Value& value) {
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (++steps_ > most_steps) return true;
        const bool is_known = value.items[i].type != Type::unknown && value.items[j].type != Type::unknown;
        if (is_known && is_equal(value.items[i], value.items[j])) return false;
      }
    }
    return true;
  }

  bool of_object(const Value& value, const Node& schema, const Entry& entry, Found found) {
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

  static bool required(const Value& value, const Node& keys, const Node& key, const char* keyword, Found found) {
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

  bool properties(const Value& value, const Node& schemas, Found found) {
    bool is_right = true;
    for (const auto& [name, member] : value.members) {
      const Node* schema = schemas.find(name);
      if (schema != nullptr) is_right = check(member, *schema, found) && is_right;
    }
    return is_right;
  }

  bool matches(const std::string& pattern, const std::string& name) const {
    return RE2::PartialMatch(name, *references_.patterns.find(pattern)->second);
  }

  bool pattern_properties(const Value& value, const Node& schemas, Found found) {
    bool is_right = true;
    for (const Entry& entry : schemas.entries) {
      for (const auto& [name, member] : value.members) {
        if (matches(entry.key.text, name)) is_right = check(member, entry.value, found) && is_right;
      }
    }
    return is_right;
  }

  bool is_named(const std::string& name, const Node& schema) const {
    const Node* properties = schema.find("properties");
    if (properties != nullptr && properties->find(name) != nullptr) return true;
    const Node* patterns = schema.find("patternProperties");
    return patterns != nullptr &&
           std::any_of(patterns->entries.begin(), patterns->entries.end(),
                       [&](const Entry& entry) { return matches(entry.key.text, name); });
  }

  bool additional(const Value& value, const Node& schema, const Entry& entry, Found found) {
    bool is_right = true;
    for (const auto& [name, member] : value.members) {
      if (!is_named(name, schema)) is_right = surplus(value, name, member, schema, entry, found) && is_right;
    }
    return is_right;
  }

  bool surplus(const Value& value, const std::string& name, const Value& member, const Node& schema,
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

  bool names(const Value& value, const Entry& entry, Found found) {
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

  bool dependent(const Value& value, const Entry& entry, Found found) {
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

  bool unevaluated(const Value& value, const Node& schema, const Entry& entry, Found found) {
    std::set<std::string, std::less<>> evaluated;
    collect(value, schema, evaluated, &entry);
    bool is_right = true;
    for (const auto& [name, member] : value.members) {
      if (!evaluated.contains(name)) is_right = surplus(value, name, member, schema, entry, found) && is_right;
    }
    return is_right;
  }

  // The keys of `value` that some part of `schema` is about (2020-12, "unevaluatedProperties").
  void collect(const Value& value, const Node& schema, std::set<std::string, std::less<>>& into,
               const Entry* without) {
    if (schema.kind != Kind::mapping || is_exhausted_ || depth_ >= deepest) return;
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

  const References& references_;
  std::size_t steps_ = 0;
  std::size_t depth_ = 0;
  bool is_exhausted_ = false;
};

}  // namespace

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
