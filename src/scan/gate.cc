#include "scan/gate.h"

#include <algorithm>

namespace sluice::scan {
namespace {

using State = LazyAutomaton::State;
using rules::ByteSet;

unsigned byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

// The furthest place at which a match may end (or begin), and how far it was looked for.
struct Walk {
  std::optional<std::size_t> furthest;
  std::size_t stop = 0;
  bool is_alive = false;  // could go on
  bool saw_edge = false;
};

Walk walk_forward(LazyAutomaton& automaton, std::string_view text, rules::Span keyword, std::size_t limit) {
  Walk walk;
  State state = LazyAutomaton::start;
  std::size_t at = keyword.begin;
  for (; at < limit && state != LazyAutomaton::dead; ++at) {
    state = automaton.step(state, byte_at(text, at));
    if (at + 1 >= keyword.end && automaton.accepts(state)) walk.furthest = at + 1;
  }
  walk.stop = at;
  if (state != LazyAutomaton::dead && at == text.size()) {
    walk.saw_edge = true;
    state = automaton.step(state, ByteSet::edge);
    if (automaton.accepts(state)) walk.furthest = at;
    state = LazyAutomaton::dead;
  }
  walk.is_alive = state != LazyAutomaton::dead;
  return walk;
}

Walk walk_backward(LazyAutomaton& automaton, std::string_view text, rules::Span keyword, std::size_t limit) {
  Walk walk;
  State state = LazyAutomaton::start;
  std::size_t at = keyword.end;
  for (; at > limit && state != LazyAutomaton::dead; --at) {
    state = automaton.step(state, byte_at(text, at - 1));
    if (at - 1 <= keyword.begin && automaton.accepts(state)) walk.furthest = at - 1;
  }
  walk.stop = at;
  if (state != LazyAutomaton::dead && at == 0) {
    walk.saw_edge = true;
    state = automaton.step(state, ByteSet::edge);
    if (automaton.accepts(state)) walk.furthest = 0;
    state = LazyAutomaton::dead;
  }
  walk.is_alive = state != LazyAutomaton::dead;
  return walk;
}

}  // namespace

Gate::Room Gate::look(std::string_view text, rules::Span keyword, std::size_t before, std::size_t after) {
  Room room;
  const Walk behind =
      walk_forward(forward_, text, keyword, keyword.end + std::min(after, text.size() - keyword.end));
  room.look = {keyword.begin, std::max(behind.stop, keyword.end), false, behind.saw_edge};
  if (!behind.furthest && !behind.is_alive) return room;
  const Walk ahead =
      walk_backward(backward_, text, keyword, keyword.begin - std::min(before, keyword.begin));
  room.look.begin = std::min(ahead.stop, keyword.begin);
  room.look.saw_begin = ahead.saw_edge;
  if (!ahead.furthest && !ahead.is_alive) return room;
  room.begin = ahead.is_alive ? ahead.stop : *ahead.furthest;
  room.end = behind.is_alive ? behind.stop : *behind.furthest;
  room.is_open = behind.is_alive;
  // The automata loosen counts, which mostly matters for words where a long token should be.
  room.is_possible = ahead.is_alive || behind.is_alive || room.end - room.begin >= shortest_;
  return room;
}

}  // namespace sluice::scan
