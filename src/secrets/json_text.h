#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "secrets/secure_bytes.h"

namespace sluice::secrets {

/// A value inside of a JSON text (RFC 8259) that was checked as a whole. Borrows the text, so that
/// no secret in it is copied anywhere but into SecureBytes; the usual JSON libraries keep copies
/// that nobody wipes.
class JsonText {
 public:
  enum class Kind { null, boolean, number, string, array, object };

  /// `text` must outlive the result. Nothing that `text` holds comes into an error.
  /// Errors: invalid_input (no JSON; says the byte), limit_exceeded (more than 64 levels).
  static Result<JsonText> parse(std::string_view text);

  Kind kind() const { return kind_; }
  /// The value as it is written.
  std::string_view raw() const { return raw_; }

  /// The member of that name; the last one if there are several. Nothing if this is no object.
  std::optional<JsonText> member(std::string_view name) const;
  /// The items; none if this is no array.
  std::vector<JsonText> items() const;

  /// A string's bytes in UTF-8, another value as it is written. A lone surrogate becomes U+FFFD.
  SecureBytes bytes() const;

  /// True if this is a string of those bytes.
  bool equals(std::string_view text) const;

 private:
  JsonText(std::string_view raw, Kind kind) : raw_(raw), kind_(kind) {}
  static JsonText of(std::string_view raw);

  std::string_view raw_;
  Kind kind_;
};

/// The value at `path`, names of members joined by dots. A member whose own name has the dots wins.
/// Errors: invalid_input (`text` is no JSON object), not_found.
Result<SecureBytes> json_member(std::string_view text, std::string_view path);

/// Whether the JSON object `text` has a member at `path`, null or not.
bool has_json_member(std::string_view text, std::string_view path);

}  // namespace sluice::secrets
