#include "scan/symbol_classes.h"

#include <algorithm>

namespace sluice::scan {

using rules::ByteSet;

namespace {

constexpr std::uint16_t none = 0xFFFF;

// What positions read, each set once: most positions of an expression read what others do.
std::vector<ByteSet> distinct(const std::vector<ByteSet>& sets) {
  std::vector<ByteSet> some;
  for (const ByteSet& set : sets) {
    if (std::find(some.begin(), some.end(), set) == some.end()) some.push_back(set);
  }
  return some;
}

}  // namespace

SymbolClasses::SymbolClasses(const rules::Positions& positions) {
  // Each set splits the classes that it holds only a part of. A number is given to each pair of an old class and
  // whether the set holds the symbol, in the order of the symbols.
  std::size_t classes = 1;
  for (const ByteSet& set : distinct(positions.sets)) {
    std::vector<std::uint16_t> number(2 * classes, none);
    classes = 0;
    for (unsigned symbol = 0; symbol < ByteSet::symbols; ++symbol) {
      std::uint16_t& of_pair = number[2 * std::size_t{class_of[symbol]} + (set.holds(symbol) ? 1 : 0)];
      if (of_pair == none) of_pair = static_cast<std::uint16_t>(classes++);
      class_of[symbol] = of_pair;
    }
  }
  readers.resize(classes, rules::PositionSet(positions.count()));
  std::vector<bool> is_known(classes);
  for (unsigned symbol = 0; symbol < ByteSet::symbols; ++symbol) {
    if (is_known[class_of[symbol]]) continue;
    is_known[class_of[symbol]] = true;
    for (std::uint32_t i = 0; i < positions.count(); ++i) {
      if (positions.sets[i].holds(symbol)) readers[class_of[symbol]].add(i);
    }
  }
}

}  // namespace sluice::scan
