#include "scan/lazy_automaton.h"

#include <map>
#include <string>

namespace sluice::scan {

using rules::ByteSet;
using rules::PositionSet;

std::size_t LazyAutomaton::Hash::operator()(const PositionSet& set) const {
  std::uint64_t hash = 0;
  for (const std::uint64_t word : set.words()) hash = (hash ^ word) * 0x9E3779B97F4A7C15u + (hash >> 29);
  return static_cast<std::size_t>(hash);
}

LazyAutomaton::LazyAutomaton(const rules::Positions& positions, Direction direction)
    : positions_(positions),
      neighbours_(direction == Direction::forward ? positions.followers : positions.preceders),
      ends_(direction == Direction::forward ? positions.last : positions.first),
      inside_(positions.count()) {
  for (std::uint32_t i = 0; i < positions.count(); ++i) {
    if (!positions.is_outside[i]) inside_.add(i);
  }
  classify_symbols();
  forget();
}

// Symbols that the same positions read are one class.
void LazyAutomaton::classify_symbols() {
  std::unordered_map<PositionSet, std::uint16_t, Hash> known;
  for (unsigned symbol = 0; symbol < ByteSet::symbols; ++symbol) {
    PositionSet readers(positions_.count());
    for (std::uint32_t i = 0; i < positions_.count(); ++i) {
      if (positions_.sets[i].holds(symbol)) readers.add(i);
    }
    const auto [at, fresh] = known.emplace(readers, static_cast<std::uint16_t>(classes_));
    if (fresh) {
      readers_.push_back(std::move(readers));
      ++classes_;
    }
    class_of_[symbol] = at->second;
  }
}

// Leaves the two states that are always there.
void LazyAutomaton::forget() {
  numbers_.clear();
  sets_.assign(2, PositionSet(positions_.count()));
  accepts_.assign(2, false);
  next_.assign(classes_, dead);
  next_.resize(2 * classes_, unknown);
  numbers_.emplace(sets_.front(), dead);
}

LazyAutomaton::State LazyAutomaton::make_step(State state, unsigned symbol) {
  const std::uint16_t symbol_class = class_of_[symbol];
  PositionSet reached = inside_;
  if (state != start) {
    reached = PositionSet(positions_.count());
    sets_[state].for_each([&](std::uint32_t position) { reached |= neighbours_[position]; });
  }
  reached &= readers_[symbol_class];
  const bool is_full = sets_.size() >= most_states;
  if (is_full) forget();
  const State next = number_of(reached);
  if (!is_full) next_[std::size_t{state} * classes_ + symbol_class] = next;
  return next;
}

LazyAutomaton::State LazyAutomaton::number_of(const PositionSet& set) {
  const auto [at, fresh] = numbers_.emplace(set, static_cast<State>(sets_.size()));
  if (fresh) {
    sets_.push_back(set);
    accepts_.push_back(set.intersects(ends_));
    next_.resize(next_.size() + classes_, unknown);
  }
  return at->second;
}

}  // namespace sluice::scan
