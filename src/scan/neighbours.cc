#include "scan/neighbours.h"

#include <string>
#include <vector>

namespace sluice::scan {
namespace {

using rules::ByteSet;
using rules::Positions;
using rules::PositionSet;

ByteSet any_symbol() { return ByteSet::range(0, ByteSet::edge); }

bool reads(const ByteSet& set, char lower) {
  const auto byte = static_cast<unsigned char>(lower);
  const bool is_letter = lower >= 'a' && lower <= 'z';
  return set.holds(byte) || (is_letter && set.holds(byte - 32u));
}

// What may come after `text` when `links` lead from each position to the next and `ends` need none.
ByteSet after(const Positions& positions, std::string_view text, const std::vector<PositionSet>& links,
              const PositionSet& ends) {
  PositionSet next(positions.count());
  for (std::uint32_t i = 0; i < positions.count(); ++i) {
    if (!positions.is_outside[i]) next.add(i);
  }
  bool may_end = false;
  for (const char c : text) {
    PositionSet reached(positions.count());
    next.for_each([&](std::uint32_t i) {
      if (reads(positions.sets[i], c)) reached.add(i);
    });
    may_end = reached.intersects(ends);
    next = PositionSet(positions.count());
    reached.for_each([&](std::uint32_t i) { next |= links[i]; });
  }
  if (may_end) return any_symbol();
  ByteSet symbols;
  next.for_each([&](std::uint32_t i) { symbols = symbols | positions.sets[i]; });
  return symbols;
}

}  // namespace

Neighbours neighbours_of(const Positions& positions, std::string_view keyword) {
  const std::string reversed(keyword.rbegin(), keyword.rend());
  return {after(positions, reversed, positions.preceders, positions.first),
          after(positions, keyword, positions.followers, positions.last)};
}

Neighbours any_neighbours() { return {any_symbol(), any_symbol()}; }

}  // namespace sluice::scan
