#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "document/node.h"
#include "schema/value.h"

namespace sluice::schema {

/// Where a value breaks a schema.
struct Violation {
  const Value* value = nullptr;  ///< that breaks it, or holds what does
  std::string key;               ///< of `value` the key that is too many; empty: the value itself
  document::Mark at;             ///< of the keyword in the schema
  std::string keyword;           ///< `type`, `required`, ...
  std::string message;           ///< `is a string, and the schema wants an integer`
};

/// A JSON Schema, drafts 4 to 2020-12, in JSON or YAML. `format` is an annotation and never fails.
/// References lead inside of the file. Patterns are RE2's.
class Schema {
 public:
  /// Reads and checks it: every keyword's value must have its kind, every pattern compile, every
  /// reference lead somewhere. Errors: invalid_input, unsupported (a reference to another file,
  /// `$dynamicRef`, `unevaluatedItems`), limit_exceeded; each with `path:line:column`.
  static Result<Schema> read(std::string_view text, const std::string& path);

  Schema(Schema&&) noexcept;
  Schema& operator=(Schema&&) noexcept;
  ~Schema();

  const std::string& path() const;
  const document::Lines& lines() const;

  /// Every violation, in order of the schema's keywords; of alternatives only that none fits. The results
  /// borrow `value`. Errors: limit_exceeded where a reference runs in circles or the work has no end.
  Result<std::vector<Violation>> validate(const Value& value) const;

 private:
  struct Parts;
  explicit Schema(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace sluice::schema
