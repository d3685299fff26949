#pragma once

#include <cstddef>
#include <string_view>

#include "rules/byte_set.h"

namespace sluice::rules {

/// What every match of an expression holds: at least so many bytes of a set next to each other.
struct RequiredRun {
  ByteSet set;
  std::size_t least = 0;  ///< 0 when no such run is known

  /// Whether `text` holds one. Looks at few of its bytes where runs are short.
  bool lies_in(std::string_view text) const;
};

/// The longest run that every match of `expression` is known to hold.
RequiredRun required_run(std::string_view expression);

}  // namespace sluice::rules
