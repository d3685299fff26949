#include "base/glob.h"

#include <cstddef>

#include "base/text.h"

namespace sluice::base {
namespace {

constexpr std::size_t none = std::string_view::npos;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_alpha(char c) { return is_upper(c) || is_lower(c); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_graph(char c) { return c > 0x20 && c < 0x7F; }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
char to_lower_char(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }
char to_upper_char(char c) { return is_lower(c) ? static_cast<char>(c - 32) : c; }

struct NamedClass {
  std::string_view name;
  bool (*holds)(char);
};

// POSIX classes, in the C locale.
constexpr NamedClass named_classes[] = {
    {"alnum", [](char c) { return is_alpha(c) || is_digit(c); }},
    {"alpha", is_alpha},
    {"blank", [](char c) { return c == ' ' || c == '\t'; }},
    {"cntrl", [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }},
    {"digit", is_digit},
    {"graph", is_graph},
    {"lower", is_lower},
    {"print", [](char c) { return is_graph(c) || c == ' '; }},
    {"punct", [](char c) { return is_graph(c) && !is_alpha(c) && !is_digit(c); }},
    {"space", is_space},
    {"upper", is_upper},
    {"xdigit",
     [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }},
};

// A bracket expression read from `pattern` and held against one character at a time of reading.
class Bracket {
 public:
  // `at` is behind the `[`. `c` is already in lower case when `fold` is set.
  Bracket(std::string_view pattern, std::size_t at, char c, bool fold)
      : pattern_(pattern), at_(at), c_(c), fold_(fold) {}

  // Behind the `]`, or `none` when the expression is malformed and can match nothing.
  std::size_t read() {
    const bool negated = peek() == '!' || peek() == '^';
    if (negated) ++at_;
    do {
      if (at_ >= pattern_.size() || !read_item()) return none;
    } while (at_ >= pattern_.size() || pattern_[at_] != ']');
    matched_ = matched_ != negated;
    return at_ + 1;
  }

  bool matched() const { return matched_; }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < pattern_.size() ? pattern_[at_ + ahead] : '\0';
  }

  // One member: a character, the rest of a range, or a named class. False when malformed.
  bool read_item() {
    if (peek() == '-' && previous_ != '\0' && peek(1) != '\0' && peek(1) != ']')
      return read_range();
    if (peek() == '[' && peek(1) == ':') return read_class();
    if (peek() == '\\') ++at_;
    if (at_ >= pattern_.size()) return false;
    take_character();
    return true;
  }

  void take_character() {
    previous_ = pattern_[at_++];
    if (c_ == previous_) matched_ = true;
  }

  bool read_range() {
    ++at_;
    if (peek() == '\\') ++at_;
    if (at_ >= pattern_.size()) return false;
    const auto low = static_cast<unsigned char>(previous_);
    const auto high = static_cast<unsigned char>(pattern_[at_++]);
    const auto inside = [&](char c) {
      const auto value = static_cast<unsigned char>(c);
      return low <= value && value <= high;
    };
    if (inside(c_) || (fold_ && is_lower(c_) && inside(to_upper_char(c_)))) matched_ = true;
    previous_ = '\0';
    return true;
  }

  bool read_class() {
    const std::size_t close = pattern_.find(']', at_ + 2);
    if (close == none) return false;
    if (close == at_ + 2 || pattern_[close - 1] != ':') {  // no `:]`: an ordinary `[`
      take_character();
      return true;
    }
    const std::string_view name = pattern_.substr(at_ + 2, close - at_ - 3);
    for (const NamedClass& candidate : named_classes) {
      if (candidate.name != name) continue;
      const bool folded_upper = fold_ && name == "upper" && is_lower(c_);
      if (candidate.holds(c_) || folded_upper) matched_ = true;
      at_ = close + 1;
      previous_ = '\0';
      return true;
    }
    return false;
  }

  std::string_view pattern_;
  std::size_t at_;
  char c_;
  bool fold_;
  char previous_ = '\0';  // the possible start of a range
  bool matched_ = false;
};

// Walks pattern and path side by side. On a mismatch the last star within the current component
// takes one character more; when it may not, the last `**` does. Earlier stars never need another
// try: a shorter share for a star leaves the later ones every choice that a longer one would.
class Matcher {
 public:
  Matcher(std::string_view pattern, std::string_view path, bool fold)
      : pattern_(pattern), path_(path), fold_(fold) {}

  bool run() {
    while (true) {
      if (at_ < pattern_.size() && pattern_[at_] == '*') {
        if (enter_stars()) return true;
        continue;
      }
      if (at_ == pattern_.size() && here_ == path_.size()) return true;
      const bool advanced = at_ < pattern_.size() && here_ < path_.size() && match_one();
      if (broken_ || (!advanced && !retry())) return false;
    }
  }

 private:
  struct Retry {
    std::size_t pattern = none;  // where to go on in the pattern; `none`: no star yet
    std::size_t path = 0;        // where to go on in the path
  };

  char here() const { return fold_ ? to_lower_char(path_[here_]) : path_[here_]; }

  bool match_one() {
    switch (pattern_[at_]) {
      case '?':
        if (path_[here_] == '/') return false;
        ++at_;
        break;
      case '[': {
        Bracket bracket(pattern_, at_ + 1, here(), fold_);
        const std::size_t behind = bracket.read();
        broken_ = behind == none;
        if (broken_ || !bracket.matched() || path_[here_] == '/') return false;
        at_ = behind;
        break;
      }
      case '\\':
        if (at_ + 1 >= pattern_.size() || pattern_[at_ + 1] != here()) return false;
        at_ += 2;
        break;
      default:
        if ((fold_ ? to_lower_char(pattern_[at_]) : pattern_[at_]) != here()) return false;
        ++at_;
    }
    ++here_;
    return true;
  }

  // Passes a run of stars and notes where to come back to. True when it matches all that is left.
  bool enter_stars() {
    const std::size_t start = at_;
    at_ = pattern_.find_first_not_of('*', start);
    if (at_ == none) at_ = pattern_.size();
    const std::string_view rest = pattern_.substr(at_);
    const bool opens = start == 0 || pattern_[start - 1] == '/';
    const bool closes = rest.empty() || rest[0] == '/' || rest.starts_with("\\/");
    if (at_ - start < 2 || !opens || !closes) {
      within_ = {at_, here_};
      return false;
    }
    if (rest.empty()) return true;
    by_component_ = rest[0] == '/';
    if (by_component_) ++at_;  // `**/` is nothing at all, or any number of whole components
    across_ = {at_, here_};
    within_ = {};
    return false;
  }

  bool retry() {
    if (within_.pattern != none && within_.path < path_.size() && path_[within_.path] != '/') {
      ++within_.path;
      return resume(within_);
    }
    within_ = {};
    if (across_.pattern == none) return false;
    const std::size_t next = by_component_ ? path_.find('/', across_.path) : across_.path;
    if (next == none || next >= path_.size()) return false;
    across_.path = next + 1;
    return resume(across_);
  }

  bool resume(const Retry& from) {
    at_ = from.pattern;
    here_ = from.path;
    return true;
  }

  std::string_view pattern_;
  std::string_view path_;
  bool fold_;
  std::size_t at_ = 0;
  std::size_t here_ = 0;
  Retry within_;  // the last star that stays in its component
  Retry across_;  // the last `**`
  bool by_component_ = false;
  bool broken_ = false;  // a malformed bracket: no path can match
};

std::string_view last_component(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == none ? path : path.substr(slash + 1);
}

// Whether `path` itself (not what lies above it) is what the pattern names.
bool names(std::string_view pattern, std::string_view path) {
  if (pattern.find('/') == none) return wildmatch(pattern, last_component(path));
  if (pattern.front() == '/') pattern.remove_prefix(1);
  return wildmatch(pattern, path);
}

}  // namespace

bool wildmatch(std::string_view pattern, std::string_view path, bool ignore_case) {
  return Matcher(pattern, path, ignore_case).run();
}

bool path_matches(std::string_view pattern, std::string_view path) {
  if (pattern.empty()) return false;
  if (pattern.back() != '/') return names(pattern, path);
  pattern.remove_suffix(1);
  if (pattern.empty()) return false;
  for (std::size_t slash = path.find('/'); slash != none; slash = path.find('/', slash + 1))
    if (names(pattern, path.substr(0, slash))) return true;
  return false;
}

}  // namespace sluice::base
