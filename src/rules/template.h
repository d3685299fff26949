#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace sluice::rules {

/// Expands an example template: `{{CLASS:N}}` becomes N characters of a class, chosen by a generator
/// seeded with `seed`, so that the same seed gives the same text. This keeps literals that a scanner
/// would flag out of rule files. Classes: alnum lower upper alpha digit hex HEX lowernum uppernum base64
/// base64url base32 base58 printable x dash uuid word newline space colon lbrace rbrace dollar, and the kinds of
/// structure/sample.h (docs/rules.md).
/// Errors: invalid_input (unknown class, bad count, unclosed braces).
Result<std::string> expand_template(std::string_view text, std::string_view seed);

}  // namespace sluice::rules
