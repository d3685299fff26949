#pragma once

#include <cstdint>
#include <string_view>

namespace sluice::document {

/// What a scalar becomes in a program.
enum class ScalarType : std::uint8_t {
  null,
  boolean,
  integer,
  real,
  string,
  timestamp,
  binary,  ///< `!!binary`
  custom,  ///< an application's tag such as `!ENV`: only the application knows
};

/// For a person: `null`, `bool`, `int`, `float`, `string`, `timestamp`, `binary`, `value of its own
/// tag`.
std::string_view to_string(ScalarType type);

}  // namespace sluice::document
