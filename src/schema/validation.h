#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "schema/validator.h"

namespace sluice::schema {

/// Holds values against schemas: one method for each family of keywords, whose definitions are in files of
/// their own (scalar_keywords.cc, array_keywords.cc, object_keywords.cc).
class Validator {
 public:
  using Entry = document::Entry;
  using Node = document::Node;
  using Found = std::vector<Violation>*;

  explicit Validator(const References& references) : references_(references) {}

  /// Appends to `found` unless it is null; true when nothing is wrong. Recursion is bounded, and so is the
  /// work; is_exhausted() tells when one of the bounds bit.
  bool check(const Value& value, const Node& schema, Found found);
  bool is_exhausted() const { return is_exhausted_; }

 private:
  static bool wrong(Found found, const Value& value, const Node& key, std::string keyword,
                    std::string message, std::string of_key = {});
  bool keyword(const Value& value, const Node& schema, const Entry& entry, Found found);
  bool of_any(const Value& value, const Entry& entry, Found found);
  bool combined(const Value& value, const Node& schema, const Entry& entry, Found found);

  // Where only one alternative is for this kind of value, what is wrong with it says more.
  bool none_fits(const Value& value, const Entry& entry, Found found);
  static bool of_number(const Value& value, const Node& schema, const Entry& entry, Found found);
  bool of_string(const Value& value, const Entry& entry, Found found) const;
  bool of_array(const Value& value, const Node& schema, const Entry& entry, Found found);
  // Items behind those that have schemas of their own.
  bool rest(const Value& value, const Node& schema, const Entry& entry, Found found);
  bool contains(const Value& value, const Node& schema, const Entry& entry, Found found);
  bool are_unique(const Value& value);
  bool of_object(const Value& value, const Node& schema, const Entry& entry, Found found);
  static bool required(const Value& value, const Node& keys, const Node& key, const char* keyword, Found found);
  bool properties(const Value& value, const Node& schemas, Found found);
  bool matches(const std::string& pattern, const std::string& name) const;
  bool pattern_properties(const Value& value, const Node& schemas, Found found);
  bool is_named(const std::string& name, const Node& schema) const;
  bool additional(const Value& value, const Node& schema, const Entry& entry, Found found);
  bool surplus(const Value& value, const std::string& name, const Value& member, const Node& schema,
               const Entry& entry, Found found);
  bool names(const Value& value, const Entry& entry, Found found);
  bool dependent(const Value& value, const Entry& entry, Found found);
  bool unevaluated(const Value& value, const Node& schema, const Entry& entry, Found found);

  // The keys of `value` that some part of `schema` is about (2020-12, "unevaluatedProperties").
  void collect(const Value& value, const Node& schema, std::set<std::string, std::less<>>& into,
               const Entry* without);

  const References& references_;
  std::size_t steps_ = 0;
  std::size_t depth_ = 0;
  bool is_exhausted_ = false;
};

constexpr std::size_t deepest_schema = 500;  // schemas inside of each other, references among them
constexpr std::size_t most_steps = 1'000'000;

inline bool is_true(const document::Node& node) { return base::to_lower(node.text) == "true"; }
inline bool is_number(const Value& value) {
  return value.type == Value::Type::integer || value.type == Value::Type::number;
}

}  // namespace sluice::schema
