#pragma once

#include <optional>
#include <string_view>

#include "document/scalar_type.h"

namespace sluice::document {

/// The type of an unquoted TOML 1.0 value (bool, integer, float, date or time), or nothing when
/// `word` is none. `word` is the whole value without blanks around it.
std::optional<ScalarType> toml_type(std::string_view word);

}  // namespace sluice::document
