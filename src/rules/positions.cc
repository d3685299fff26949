#include "rules/positions.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "rules/syntax.h"

namespace sluice::rules {
namespace {

using Kind = SyntaxNode::Kind;

constexpr std::size_t most_positions = 1500;
constexpr std::size_t most_links = 400'000;
constexpr std::uint32_t most_copies = 8;  // of one byte that is repeated

// Lists, because most are short and positions are not counted yet.
using List = std::vector<std::uint32_t>;

void append(List& list, const List& more) { list.insert(list.end(), more.begin(), more.end()); }

struct Fragment {
  List first;
  List last;
  bool nullable = true;
};

// Whether a node stands at the beginning or at the end of the whole expression.
struct Ends {
  bool lead = false;
  bool trail = false;
};

bool is_assertion(const SyntaxNode& node) {
  switch (node.kind) {
    case Kind::text_begin:
    case Kind::text_end:
    case Kind::line_begin:
    case Kind::line_end:
    case Kind::word_edge:
    case Kind::no_word_edge: return true;
    default: return false;
  }
}

// Bytes of the shortest match; nodes are nested no deeper than parse_syntax allows.
std::size_t shortest_of(const SyntaxNode& node) {
  std::size_t size = 0;
  switch (node.kind) {
    case Kind::bytes: return 1;
    case Kind::concat:
      for (const SyntaxNode& child : node.children) size += shortest_of(child);
      return size;
    case Kind::alternate:
      size = node.children.empty() ? 0 : SIZE_MAX;
      for (const SyntaxNode& child : node.children) size = std::min(size, shortest_of(child));
      return size;
    case Kind::repeat: return node.least * shortest_of(node.children.front());
    default: return 0;
  }
}

class Builder {
 public:
  std::optional<Positions> run(const SyntaxNode& root) {
    const Fragment whole = build(root, {true, true});
    if (is_full()) return std::nullopt;
    Positions positions;
    const std::size_t count = sets_.size();
    positions.sets = std::move(sets_);
    positions.is_outside = std::move(outside_);
    positions.first = set_of(whole.first, count);
    positions.last = set_of(whole.last, count);
    positions.can_be_empty = whole.nullable;
    positions.followers.assign(count, PositionSet(count));
    positions.preceders.assign(count, PositionSet(count));
    for (const auto& [before, after] : links_) {
      positions.followers[before].add(after);
      positions.preceders[after].add(before);
    }
    return positions;
  }

 private:
  static PositionSet set_of(const List& list, std::size_t count) {
    PositionSet set(count);
    for (const std::uint32_t position : list) set.add(position);
    return set;
  }

  bool is_full() const { return sets_.size() > most_positions || links_.size() > most_links; }

  Fragment build(const SyntaxNode& node, Ends ends) {
    if (is_full()) return {};
    switch (node.kind) {
      case Kind::bytes: return read(node.set, false);
      case Kind::concat: return concat(node.children, ends);
      case Kind::alternate: return alternate(node.children, ends);
      case Kind::repeat: return repeat(node, ends);
      case Kind::text_begin:
      case Kind::line_begin: return ends.lead ? edge(node.kind) : Fragment{};
      case Kind::text_end:
      case Kind::line_end: return ends.trail ? edge(node.kind) : Fragment{};
      case Kind::word_edge:
      case Kind::no_word_edge: return {};
    }
    return {};
  }

  Fragment read(const ByteSet& set, bool outside) {
    const auto position = static_cast<std::uint32_t>(sets_.size());
    sets_.push_back(set);
    outside_.push_back(outside);
    return {{position}, {position}, false};
  }

  Fragment edge(Kind kind) {
    ByteSet set;
    set.add(ByteSet::edge);
    if (kind == Kind::line_begin || kind == Kind::line_end) set.add('\n');
    return read(set, true);
  }

  void link(const List& before, const List& after) {
    for (const std::uint32_t one : before) {
      if (is_full()) return;
      for (const std::uint32_t other : after) links_.emplace_back(one, other);
    }
  }

  Fragment join(Fragment left, Fragment right) {
    link(left.last, right.first);
    Fragment both;
    both.first = left.first;
    if (left.nullable) append(both.first, right.first);
    both.last = right.last;
    if (right.nullable) append(both.last, left.last);
    both.nullable = left.nullable && right.nullable;
    return both;
  }

  Fragment concat(const std::vector<SyntaxNode>& children, Ends ends) {
    std::size_t begin = 0;
    std::size_t end = children.size();
    while (ends.lead && begin < end && is_assertion(children[begin])) ++begin;
    while (ends.trail && end > begin && is_assertion(children[end - 1])) --end;
    // A match of nothing but assertions has no side on which they would stand.
    const bool has_core = begin < end;
    Fragment core;
    for (std::size_t i = begin; i < end; ++i) {
      const bool lead = ends.lead && begin == 0 && i == 0;
      const bool trail = ends.trail && end == children.size() && i + 1 == end;
      core = i == begin ? build(children[i], {lead, trail})
                        : join(std::move(core), build(children[i], {lead, trail}));
    }
    if (!has_core || core.nullable) return core;
    // The innermost assertion is enough; those further out would have to look at the same byte.
    if (begin > 0) {
      if (auto before = lead_of(children[begin - 1], core)) core = join(std::move(*before), std::move(core));
    }
    if (end < children.size()) {
      if (auto behind = trail_of(children[end], core)) core = join(std::move(core), std::move(*behind));
    }
    return core;
  }

  // What an assertion before `core` says of the byte before the match.
  std::optional<Fragment> lead_of(const SyntaxNode& assertion, const Fragment& core) {
    switch (assertion.kind) {
      case Kind::text_begin:
      case Kind::line_begin: return edge(assertion.kind);
      case Kind::word_edge: return beyond_word_edge(core.first);
      default: return std::nullopt;
    }
  }

  std::optional<Fragment> trail_of(const SyntaxNode& assertion, const Fragment& core) {
    switch (assertion.kind) {
      case Kind::text_end:
      case Kind::line_end: return edge(assertion.kind);
      case Kind::word_edge: return beyond_word_edge(core.last);
      default: return std::nullopt;
    }
  }

  // On one side of `\b` stands a word byte, on the other none; nothing is said where both may be.
  std::optional<Fragment> beyond_word_edge(const List& inner) {
    ByteSet inside;
    for (const std::uint32_t position : inner) inside = inside | sets_[position];
    for (const std::uint32_t position : inner) {
      if (outside_[position]) return std::nullopt;
    }
    if (inside.is_within(ByteSet::word())) {
      ByteSet other = ByteSet::word().complement();
      other.add(ByteSet::edge);
      return read(other, true);
    }
    if ((inside & ByteSet::word()).empty()) return read(ByteSet::word(), true);
    return std::nullopt;
  }

  Fragment alternate(const std::vector<SyntaxNode>& children, Ends ends) {
    Fragment all;
    all.nullable = false;
    for (const SyntaxNode& child : children) {
      Fragment one = build(child, ends);
      append(all.first, one.first);
      append(all.last, one.last);
      all.nullable = all.nullable || one.nullable;
    }
    return all;
  }

  Fragment repeat(const SyntaxNode& node, Ends ends) {
    const SyntaxNode& child = node.children.front();
    if (node.most == 0) return {};
    if (node.most == 1) {
      Fragment once = build(child, node.least == 1 ? ends : Ends{});
      once.nullable = once.nullable || node.least == 0;
      return once;
    }
    if (child.kind != Kind::bytes) return loop(build(child, {}), node.least == 0);
    const std::uint32_t least = std::min(node.least, most_copies);
    Fragment run;
    for (std::uint32_t i = 0; i < least; ++i) run = join(std::move(run), build(child, {}));
    if (node.most > most_copies) return join(std::move(run), loop(build(child, {}), true));
    for (std::uint32_t i = least; i < node.most; ++i) {
      Fragment once = build(child, {});
      once.nullable = true;
      run = join(std::move(run), std::move(once));
    }
    return run;
  }

  Fragment loop(Fragment body, bool may_be_left_out) {
    link(body.last, body.first);
    body.nullable = body.nullable || may_be_left_out;
    return body;
  }

  std::vector<ByteSet> sets_;
  std::vector<bool> outside_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> links_;
};

}  // namespace

bool PositionSet::empty() const {
  return std::all_of(words_.begin(), words_.end(), [](std::uint64_t word) { return word == 0; });
}

bool PositionSet::intersects(const PositionSet& other) const {
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if ((words_[i] & other.words_[i]) != 0) return true;
  }
  return false;
}

void PositionSet::operator|=(const PositionSet& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
}

void PositionSet::operator&=(const PositionSet& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
}

std::optional<Positions> positions_of(std::string_view expression) {
  const std::optional<SyntaxNode> syntax = parse_syntax(expression);
  if (!syntax) return std::nullopt;
  auto positions = Builder().run(*syntax);
  if (positions) positions->shortest = shortest_of(*syntax);
  return positions;
}

}  // namespace sluice::rules
