#pragma once

#include <string_view>

#include "rules/pattern.h"

namespace sluice::judge {

/// What stands where a name that says "secret" is given a value, in whatever language: `name = "value"`,
/// `"name": "value"`, `name: value`, `<name>value</name>`, `name="n" value="v"`, `set_name("value")`,
/// `--name value`, `name => 'value'`, `name VARCHAR := 'value'`, `env("NAME", "value")`, a name and its
/// `value:` on the next line, and their like.
struct Assignment {
  enum class Outcome {
    nothing,   ///< no value
    rejected,  ///< a value that cannot be a secret: code, an interpolation, a constant of the language
    found,
  };

  Outcome outcome = Outcome::nothing;
  rules::Span value;  ///< without its quotes, and without `Bearer ` and the like
  rules::Span seen;   ///< all bytes that had a say lie in it
  bool saw_begin = false;  ///< the text's very begin had a say
  bool saw_end = false;
};

/// Reads around text[keyword], which lies in or is the name. Never further than 1,024 bytes from it.
Assignment read_assignment(std::string_view text, rules::Span keyword);

}  // namespace sluice::judge
