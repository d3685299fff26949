#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "rules/positions.h"

namespace sluice::scan {

/// The bytes and the edge (rules::ByteSet) sorted into classes: those that the same positions of an expression read.
struct SymbolClasses {
  explicit SymbolClasses(const rules::Positions& positions);

  std::size_t count() const { return readers.size(); }

  std::array<std::uint16_t, rules::ByteSet::symbols> class_of{};
  std::vector<rules::PositionSet> readers;  ///< by class
};

}  // namespace sluice::scan
