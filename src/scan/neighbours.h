#pragma once

#include <string_view>

#include "rules/byte_set.h"
#include "rules/positions.h"

namespace sluice::scan {

/// What may stand right before and right behind a keyword for a match to contain it: bytes, or the text's
/// edge. Tells most keywords that are part of other words at a glance. Never wrong about what it excludes:
/// a Gate would find nothing there either.
struct Neighbours {
  rules::ByteSet before;
  rules::ByteSet behind;
};

/// Of `keyword`, in any case, in the expression that `positions` describe.
Neighbours neighbours_of(const rules::Positions& positions, std::string_view keyword);

/// Those of an expression that nothing is known of.
Neighbours any_neighbours();

}  // namespace sluice::scan
