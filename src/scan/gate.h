#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "rules/pattern.h"
#include "rules/positions.h"
#include "scan/lazy_automaton.h"

namespace sluice::scan {

/// How much of a text was looked at: offsets, and whether its very ends were seen to be ends.
struct Look {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool saw_begin = false;
  bool saw_end = false;
};

/// Stands between a keyword and the regular expression: tells in a few bytes, with two small automata,
/// whether a match can lie around a keyword, and where at most. Only for rules whose matches always
/// contain one of their keywords. Not to be shared between threads.
class Gate {
 public:
  /// How far a first look goes on either side of a keyword: most matches that cannot be are known not
  /// to be long before.
  static constexpr std::size_t reach_before = 16;
  static constexpr std::size_t reach_after = 32;

  /// Where a match around a keyword must lie.
  struct Room {
    bool is_possible = false;
    std::size_t begin = 0;   ///< no match begins before
    std::size_t end = 0;     ///< none ends behind, unless
    bool is_open = false;    ///< nothing told that it must have ended by then
    Look look;               ///< what this was told from
  };

  /// `positions` must outlive this.
  explicit Gate(const rules::Positions& positions)
      : shortest_(positions.shortest),
        classes_(positions),
        forward_(positions, classes_, LazyAutomaton::Direction::forward),
        backward_(positions, classes_, LazyAutomaton::Direction::backward) {}
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  /// What can be told of a match that contains text[begin, end), a keyword, from at most `before` bytes
  /// before it and `after` behind it.
  Room look(std::string_view text, rules::Span keyword, std::size_t before, std::size_t after);

 private:
  std::size_t shortest_;
  SymbolClasses classes_;
  LazyAutomaton forward_;
  LazyAutomaton backward_;
};

}  // namespace sluice::scan
