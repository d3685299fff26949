#include "scan/lazy_automaton.h"

namespace sluice::scan {

using rules::PositionSet;

std::size_t LazyAutomaton::Hash::operator()(const PositionSet& set) const {
  std::uint64_t hash = 0;
  for (const std::uint64_t word : set.words()) hash = (hash ^ word) * 0x9E3779B97F4A7C15u + (hash >> 29);
  return static_cast<std::size_t>(hash);
}

LazyAutomaton::LazyAutomaton(const rules::Positions& positions, const SymbolClasses& classes, Direction direction)
    : positions_(positions),
      classes_(classes),
      neighbours_(direction == Direction::forward ? positions.followers : positions.preceders),
      ends_(direction == Direction::forward ? positions.last : positions.first),
      inside_(positions.count()) {
  for (std::uint32_t i = 0; i < positions.count(); ++i) {
    if (!positions.is_outside[i]) inside_.add(i);
  }
  forget();
}

// Leaves the two states that are always there.
void LazyAutomaton::forget() {
  numbers_.clear();
  sets_.assign(2, PositionSet(positions_.count()));
  accepts_.assign(2, false);
  next_.assign(classes_.count(), dead);
  next_.resize(2 * classes_.count(), unknown);
  numbers_.emplace(sets_.front(), dead);
}

LazyAutomaton::State LazyAutomaton::make_step(State state, unsigned symbol) {
  const std::uint16_t symbol_class = classes_.class_of[symbol];
  PositionSet reached = inside_;
  if (state != start) {
    reached = PositionSet(positions_.count());
    sets_[state].for_each([&](std::uint32_t position) { reached |= neighbours_[position]; });
  }
  reached &= classes_.readers[symbol_class];
  const bool is_full = sets_.size() >= most_states;
  if (is_full) forget();
  const State next = number_of(reached);
  if (!is_full) next_[std::size_t{state} * classes_.count() + symbol_class] = next;
  return next;
}

LazyAutomaton::State LazyAutomaton::number_of(const PositionSet& set) {
  const auto [at, fresh] = numbers_.emplace(set, static_cast<State>(sets_.size()));
  if (fresh) {
    sets_.push_back(set);
    accepts_.push_back(set.intersects(ends_));
    next_.resize(next_.size() + classes_.count(), unknown);
  }
  return at->second;
}

}  // namespace sluice::scan
