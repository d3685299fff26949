#pragma once

#include <cstddef>

namespace sluice::base {

/// Bytes [begin, begin + size) of a text that are the same as those of another, its base, from `from` on.
struct CopiedRange {
  std::size_t begin = 0;
  std::size_t from = 0;
  std::size_t size = 0;
};

}  // namespace sluice::base
