#include "rules/syntax.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sluice::rules {
namespace {

using Kind = SyntaxNode::Kind;

constexpr unsigned deepest = 60;
constexpr std::uint32_t most_repeats = 1000;  // RE2 allows no more

struct Flags {
  bool ignore_case = false;
  bool multi_line = false;
  bool dot_is_any = false;
};

struct NamedClass {
  std::string_view name;
  ByteSet set;
};

constexpr ByteSet of(std::string_view bytes) {
  ByteSet set;
  for (const char c : bytes) set.add(static_cast<unsigned char>(c));
  return set;
}

constexpr ByteSet digits = ByteSet::range('0', '9');
constexpr ByteSet lower = ByteSet::range('a', 'z');
constexpr ByteSet upper = ByteSet::range('A', 'Z');
constexpr ByteSet space = of("\t\n\f\r ");
constexpr ByteSet graph = ByteSet::range('!', '~');

constexpr std::array posix_classes = {
    NamedClass{"alnum", digits | lower | upper},
    NamedClass{"alpha", lower | upper},
    NamedClass{"ascii", ByteSet::range(0, 127)},
    NamedClass{"blank", of("\t ")},
    NamedClass{"cntrl", ByteSet::range(0, 31) | of("\x7f")},
    NamedClass{"digit", digits},
    NamedClass{"graph", graph},
    NamedClass{"lower", lower},
    NamedClass{"print", graph | of(" ")},
    NamedClass{"punct", graph & (digits | lower | upper).complement()},
    NamedClass{"space", space | of("\v")},
    NamedClass{"upper", upper},
    NamedClass{"word", ByteSet::word()},
    NamedClass{"xdigit", digits | ByteSet::range('a', 'f') | ByteSet::range('A', 'F')},
};

// A capital and its small letter are 32 apart, and so in one word.
ByteSet folded(const ByteSet& set) {
  constexpr ByteSet::Words capitals = (upper | ByteSet::range(0xC0, 0xDE)).words();
  ByteSet::Words words = set.words();
  for (std::size_t i = 0; i < words.size(); ++i)
    words[i] |= (words[i] & capitals[i]) << 32 | (words[i] >> 32 & capitals[i]);
  return ByteSet(words);
}

std::optional<unsigned> hex_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::optional<SyntaxNode> run() {
    SyntaxNode whole = alternation(0);
    if (failed_ || at_ != text_.size()) return std::nullopt;
    return whole;
  }

 private:
  bool done() const { return failed_ || at_ == text_.size(); }
  bool next_is(char c) const { return !done() && text_[at_] == c; }
  bool take(std::string_view what) {
    if (text_.substr(at_, what.size()) != what) return false;
    at_ += what.size();
    return true;
  }
  SyntaxNode give_up() {
    failed_ = true;
    return {};
  }

  // Flags set in a group last to its end.
  SyntaxNode alternation(unsigned depth) {
    if (depth > deepest) return give_up();
    const Flags outer = flags_;
    SyntaxNode node;
    node.kind = Kind::alternate;
    do {
      node.children.push_back(concatenation(depth));
    } while (!failed_ && take("|"));
    flags_ = outer;
    if (node.children.size() == 1) return std::move(node.children.front());
    return node;
  }

  SyntaxNode concatenation(unsigned depth) {
    SyntaxNode node;
    while (!done() && !next_is('|') && !next_is(')')) {
      if (take("\\Q")) {
        quoted(node);
        continue;
      }
      SyntaxNode part = atom(depth);
      if (failed_) return node;
      node.children.push_back(quantified(std::move(part)));
    }
    return node;
  }

  void quoted(SyntaxNode& out) {
    SyntaxNode text;
    while (at_ < text_.size() && !take("\\E")) text.children.push_back(literal(text_[at_++]));
    if (text.children.empty()) return;
    text.children.back() = quantified(std::move(text.children.back()));
    out.children.push_back(std::move(text));
  }

  SyntaxNode atom(unsigned depth) {
    const char c = text_[at_++];
    switch (c) {
      case '(': return group(depth);
      case '[': return bracket();
      case '.': return bytes(flags_.dot_is_any ? ByteSet::any_byte() : of("\n").complement());
      case '^': return mark(flags_.multi_line ? Kind::line_begin : Kind::text_begin);
      case '$': return mark(flags_.multi_line ? Kind::line_end : Kind::text_end);
      case '\\': return escape();
      case '*':
      case '+':
      case '?': return give_up();
      default: return literal(c);
    }
  }

  static SyntaxNode mark(Kind kind) {
    SyntaxNode node;
    node.kind = kind;
    return node;
  }
  static SyntaxNode bytes(const ByteSet& set) {
    SyntaxNode node;
    node.kind = Kind::bytes;
    node.set = set;
    return node;
  }
  SyntaxNode literal(char c) const {
    ByteSet set;
    set.add(static_cast<unsigned char>(c));
    return bytes(flags_.ignore_case ? folded(set) : set);
  }

  SyntaxNode group(unsigned depth) {
    const Flags outer = flags_;
    if (take("?P<") || take("?<")) {
      while (!done() && !next_is('>')) ++at_;
      if (!take(">")) return give_up();
    } else if (take("?")) {
      if (!set_flags()) return give_up();
      // (?i) lasts to the end of the group that it stands in.
      if (take(")")) return {};
      if (!take(":")) return give_up();
    }
    SyntaxNode inner = alternation(depth + 1);
    flags_ = outer;
    if (failed_ || !take(")")) return give_up();
    return inner;
  }

  bool set_flags() {
    bool value = true;
    for (; !done() && !next_is(':') && !next_is(')'); ++at_) {
      switch (text_[at_]) {
        case '-': value = false; break;
        case 'i': flags_.ignore_case = value; break;
        case 'm': flags_.multi_line = value; break;
        case 's': flags_.dot_is_any = value; break;
        case 'U': break;
        default: return false;
      }
    }
    return !done();
  }

  SyntaxNode quantified(SyntaxNode part) {
    while (!done()) {
      std::uint32_t least = 0;
      std::uint32_t most = SyntaxNode::no_limit;
      if (take("*")) {
      } else if (take("+")) {
        least = 1;
      } else if (take("?")) {
        most = 1;
      } else if (!next_is('{') || !counts(least, most)) {
        return part;
      }
      take("?");  // a lazy one matches the same
      SyntaxNode node;
      node.kind = Kind::repeat;
      node.least = least;
      node.most = most;
      node.children.push_back(std::move(part));
      part = std::move(node);
    }
    return part;
  }

  // {n}, {n,} or {n,m}; anything else is a literal brace.
  bool counts(std::uint32_t& least, std::uint32_t& most) {
    const std::size_t start = at_++;
    const auto first = number();
    auto second = first;
    if (first && take(",")) second = next_is('}') ? SyntaxNode::no_limit : number();
    if (!first || !second || !take("}")) {
      at_ = start;
      return false;
    }
    least = *first;
    most = *second;
    if (least > most_repeats) failed_ = true;
    return true;
  }

  std::optional<std::uint32_t> number() {
    std::uint32_t value = 0;
    const std::size_t start = at_;
    for (; !done() && text_[at_] >= '0' && text_[at_] <= '9' && value <= most_repeats; ++at_) {
      value = value * 10 + static_cast<std::uint32_t>(text_[at_] - '0');
    }
    if (at_ == start) return std::nullopt;
    return value;
  }

  SyntaxNode escape() {
    if (done()) return give_up();
    switch (text_[at_]) {
      case 'A': ++at_; return mark(Kind::text_begin);
      case 'z': ++at_; return mark(Kind::text_end);
      case 'b': ++at_; return mark(Kind::word_edge);
      case 'B': ++at_; return mark(Kind::no_word_edge);
      case 'C': ++at_; return bytes(ByteSet::any_byte());
      default: break;
    }
    const auto set = escaped_set();
    if (!set) return give_up();
    return bytes(flags_.ignore_case ? folded(*set) : *set);
  }

  // What follows a backslash, inside of brackets or out.
  std::optional<ByteSet> escaped_set() {
    if (done()) return std::nullopt;
    const char c = text_[at_++];
    switch (c) {
      case 'd': return digits;
      case 'D': return digits.complement();
      case 's': return space;
      case 'S': return space.complement();
      case 'w': return ByteSet::word();
      case 'W': return ByteSet::word().complement();
      case 'n': return of("\n");
      case 'r': return of("\r");
      case 't': return of("\t");
      case 'f': return of("\f");
      case 'v': return of("\v");
      case 'a': return of("\a");
      case 'x': return hex_byte();
      default: break;
    }
    const bool is_letter_or_digit = ByteSet::word().holds(static_cast<unsigned char>(c)) && c != '_';
    if (is_letter_or_digit) return std::nullopt;  // octal, Unicode classes
    ByteSet set;
    set.add(static_cast<unsigned char>(c));
    return set;
  }

  std::optional<ByteSet> hex_byte() {
    unsigned value = 0;
    if (take("{")) {
      for (; !done() && !next_is('}'); ++at_) {
        const auto digit = hex_value(text_[at_]);
        if (!digit || value > 255) return std::nullopt;
        value = value * 16 + *digit;
      }
      if (!take("}")) return std::nullopt;
    } else {
      for (int i = 0; i < 2; ++i, ++at_) {
        const auto digit = done() ? std::nullopt : hex_value(text_[at_]);
        if (!digit) return std::nullopt;
        value = value * 16 + *digit;
      }
    }
    if (value > 255) return std::nullopt;
    ByteSet set;
    set.add(value);
    return set;
  }

  SyntaxNode bracket() {
    const bool negated = take("^");
    ByteSet set;
    for (bool first = true; first || !next_is(']'); first = false) {
      if (done() || !bracket_item(set)) return give_up();
    }
    ++at_;
    // Folded before it is negated: [^a] without case leaves out A, too.
    if (flags_.ignore_case) set = folded(set);
    return bytes(negated ? set.complement() : set);
  }

  bool bracket_item(ByteSet& out) {
    if (take("[:")) return posix_class(out);
    const auto low = bracket_byte();
    if (!low) return false;
    const bool is_range = next_is('-') && at_ + 1 < text_.size() && text_[at_ + 1] != ']';
    if (!is_range) {
      out = out | *low;
      return true;
    }
    ++at_;
    const auto high = bracket_byte();
    if (!high) return false;
    const auto from = only_byte(*low);
    const auto to = only_byte(*high);
    if (!from || !to || *from > *to) return false;
    out = out | ByteSet::range(*from, *to);
    return true;
  }

  std::optional<ByteSet> bracket_byte() {
    if (done()) return std::nullopt;
    if (take("\\")) return escaped_set();
    ByteSet set;
    set.add(static_cast<unsigned char>(text_[at_++]));
    return set;
  }

  static std::optional<unsigned> only_byte(const ByteSet& set) {
    std::optional<unsigned> only;
    for (unsigned c = 0; c < 256; ++c) {
      if (!set.holds(c)) continue;
      if (only) return std::nullopt;
      only = c;
    }
    return only;
  }

  bool posix_class(ByteSet& out) {
    const bool negated = take("^");
    for (const NamedClass& named : posix_classes) {
      const std::size_t start = at_;
      if (take(named.name) && take(":]")) {
        out = out | (negated ? named.set.complement() : named.set);
        return true;
      }
      at_ = start;
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Flags flags_;
  bool failed_ = false;
};

}  // namespace

std::optional<SyntaxNode> parse_syntax(std::string_view expression) { return Parser(expression).run(); }

}  // namespace sluice::rules
