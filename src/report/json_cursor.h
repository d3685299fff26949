#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "base/hash.h"
#include "base/text.h"

// For this room only: JSON read with a place for every complaint.
namespace sluice::report {

/// Keeps the order of insertion: the same audit gives the same bytes.
using Json = nlohmann::ordered_json;

/// What is wrong with a document, thrown and caught within the reader.
struct Malformed {
  std::string what;
  std::string place;  ///< a JSON pointer (RFC 6901)
};

/// A value and its place. Every accessor throws Malformed when the value is not what is asked for.
class JsonCursor {
 public:
  explicit JsonCursor(const Json& value, std::string place = {})
      : value_(value), place_(std::move(place)) {}

  [[noreturn]] void complain(std::string what) const { throw Malformed{std::move(what), place_}; }

  bool has(const char* name) const { return value_.is_object() && value_.contains(name); }
  bool is_null() const { return value_.is_null(); }

  JsonCursor operator[](const char* name) const {
    if (!value_.is_object()) complain("an object is expected");
    const auto found = value_.find(name);
    if (found == value_.end()) complain(std::string("the member '") + name + "' is missing");
    return JsonCursor(*found, place_ + "/" + name);
  }

  const std::string& text() const {
    if (!value_.is_string()) complain("a string is expected");
    return value_.get_ref<const std::string&>();
  }
  std::string text_or_empty() const { return is_null() ? std::string() : text(); }

  bool flag() const {
    if (!value_.is_boolean()) complain("true or false is expected");
    return value_.get<bool>();
  }

  std::uint64_t number(std::uint64_t most = std::numeric_limits<std::uint64_t>::max()) const {
    if (!value_.is_number_unsigned() || value_.get<std::uint64_t>() > most)
      complain("a whole number is expected, from 0 to " + std::to_string(most));
    return value_.get<std::uint64_t>();
  }
  std::uint32_t number32() const {
    return static_cast<std::uint32_t>(number(std::numeric_limits<std::uint32_t>::max()));
  }
  std::int64_t signed_number() const {
    if (!value_.is_number_integer()) complain("a whole number is expected");
    return value_.get<std::int64_t>();
  }
  double real() const {
    if (!value_.is_number()) complain("a number is expected");
    return value_.get<double>();
  }

  template <class Visit>
  void each(Visit visit) const {
    if (!value_.is_array()) complain("a list is expected");
    for (std::size_t i = 0; i < value_.size(); ++i)
      visit(JsonCursor(value_[i], place_ + "/" + std::to_string(i)));
  }

  template <class Visit>
  void each_member(Visit visit) const {
    if (!value_.is_object()) complain("an object is expected");
    for (const auto& [name, value] : value_.items()) visit(name, JsonCursor(value, place_ + "/" + name));
  }

 private:
  const Json& value_;
  std::string place_;
};

/// The bytes that `hex` spells.
inline std::string bytes_of_hex(const JsonCursor& hex) {
  const std::string& digits = hex.text();
  const auto value = [&](char c) -> int {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    hex.complain("hexadecimal digits are expected");
  };
  if (digits.size() % 2 != 0) hex.complain("an even number of hexadecimal digits is expected");
  std::string bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2)
    bytes += static_cast<char>(value(digits[i]) * 16 + value(digits[i + 1]));
  return bytes;
}

}  // namespace sluice::report
