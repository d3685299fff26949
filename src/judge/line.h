#pragma once

#include "judge/subject.h"

namespace sluice::judge {

/// The value's line, at most 160 bytes on either side of the value.
rules::Span line_of(const Subject& subject);

/// What stands between name and value, the last 48 bytes of it.
rules::Span gap_of(const Subject& subject);

}  // namespace sluice::judge
