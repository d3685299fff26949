#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "rules/positions.h"
#include "scan/symbol_classes.h"

namespace sluice::scan {

/// Tells from which bytes a match of an expression can still come, byte after byte, forward or backward:
/// a deterministic automaton over sets of positions, of which only the states that texts lead to are made.
/// Begins anywhere inside of the expression. Not to be shared between threads.
class LazyAutomaton {
 public:
  enum class Direction { forward, backward };
  using State = std::uint16_t;
  static constexpr State dead = 0;   ///< nothing can come of it any more
  static constexpr State start = 1;  ///< nothing read yet

  /// `positions`, and their `classes`, must outlive this.
  LazyAutomaton(const rules::Positions& positions, const SymbolClasses& classes, Direction direction);

  /// The state behind `symbol`, a byte or ByteSet::edge. States given before it may mean others
  /// afterwards: when there are too many, all are forgotten and made anew.
  State step(State state, unsigned symbol) {
    const State next = next_[std::size_t{state} * classes_.count() + classes_.class_of[symbol]];
    return next != unknown ? next : make_step(state, symbol);
  }

  /// Whether a match may end here (forward) or begin here (backward).
  bool accepts(State state) const { return accepts_[state]; }

 private:
  static constexpr State unknown = 0xFFFF;
  static constexpr std::size_t most_states = 4000;

  struct Hash {
    std::size_t operator()(const rules::PositionSet& set) const;
  };

  State make_step(State state, unsigned symbol);
  State number_of(const rules::PositionSet& set);
  void forget();

  const rules::Positions& positions_;
  const SymbolClasses& classes_;
  const std::vector<rules::PositionSet>& neighbours_;
  const rules::PositionSet& ends_;
  rules::PositionSet inside_;                // all but those outside of the match
  std::vector<State> next_;                  // [state][class]
  std::vector<bool> accepts_;
  std::vector<rules::PositionSet> sets_;     // by state: what was read last
  std::unordered_map<rules::PositionSet, State, Hash> numbers_;
};

}  // namespace sluice::scan
