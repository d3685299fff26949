#include "base/glob.h"

#include <cctype>
#include <cstddef>
#include <string>

namespace sluice::base {
namespace {

constexpr std::size_t none = std::string_view::npos;

unsigned char fold(unsigned char c, bool ignore_case) {
  return ignore_case && c >= 'A' && c <= 'Z' ? static_cast<unsigned char>(c + 32) : c;
}

bool in_named_class(std::string_view name, unsigned char c, bool ignore_case) {
  if (c >= 0x80) return false;
  if (name == "alnum") return std::isalnum(c) != 0;
  if (name == "alpha") return std::isalpha(c) != 0;
  if (name == "blank") return c == ' ' || c == '\t';
  if (name == "cntrl") return std::iscntrl(c) != 0;
  if (name == "digit") return std::isdigit(c) != 0;
  if (name == "graph") return std::isgraph(c) != 0;
  if (name == "lower") return std::islower(c) != 0 || (ignore_case && std::isupper(c) != 0);
  if (name == "print") return std::isprint(c) != 0;
  if (name == "punct") return std::ispunct(c) != 0;
  if (name == "space") return std::isspace(c) != 0;
  if (name == "upper") return std::isupper(c) != 0 || (ignore_case && std::islower(c) != 0);
  if (name == "xdigit") return std::isxdigit(c) != 0;
  return false;
}

// A bracket expression: whether `c` is in it, and where it ends (`none` when it never does).
struct Bracket {
  bool matches = false;
  std::size_t end = none;
};

class BracketReader {
 public:
  BracketReader(std::string_view pattern, std::size_t at, unsigned char c, bool ignore_case)
      : pattern_(pattern), at_(at + 1), c_(fold(c, ignore_case)), raw_(c), ignore_case_(ignore_case) {}

  Bracket read() {
    bool negated = false;
    if (at_ < pattern_.size() && (pattern_[at_] == '!' || pattern_[at_] == '^')) {
      negated = true;
      ++at_;
    }
    bool matched = false;
    for (bool first = true; at_ < pattern_.size(); first = false) {
      if (pattern_[at_] == ']' && !first) return {matched != negated, at_ + 1};
      if (!read_item(matched)) return {};
    }
    return {};
  }

 private:
  // One character, range or named class; false when the expression breaks off.
  bool read_item(bool& matched) {
    if (pattern_.compare(at_, 2, "[:") == 0) {
      const auto close = pattern_.find(":]", at_ + 2);
      if (close != none) {
        matched |= in_named_class(pattern_.substr(at_ + 2, close - at_ - 2), raw_, ignore_case_);
        at_ = close + 2;
        return true;
      }
    }
    unsigned char low = 0;
    if (!read_character(low)) return false;
    unsigned char high = low;
    const bool range = at_ + 1 < pattern_.size() && pattern_[at_] == '-' && pattern_[at_ + 1] != ']';
    if (range) {
      ++at_;
      if (!read_character(high)) return false;
    }
    const unsigned char upper = static_cast<unsigned char>(std::toupper(c_));
    matched |= c_ >= low && c_ <= high;
    matched |= ignore_case_ && range && upper >= low && upper <= high;
    matched |= !range && fold(low, ignore_case_) == c_;
    return true;
  }

  bool read_character(unsigned char& out) {
    if (pattern_[at_] == '\\' && ++at_ == pattern_.size()) return false;
    out = static_cast<unsigned char>(pattern_[at_++]);
    return true;
  }

  std::string_view pattern_;
  std::size_t at_;
  unsigned char c_;
  unsigned char raw_;
  bool ignore_case_;
};

// Where `pattern` goes on after matching `c` with what stands at `at` (not a star), or `none`.
std::size_t match_one(std::string_view pattern, std::size_t at, char c, bool ignore_case) {
  const char p = pattern[at];
  if (p == '?') return c == '/' ? none : at + 1;
  if (p == '[') {
    const Bracket bracket =
        BracketReader(pattern, at, static_cast<unsigned char>(c), ignore_case).read();
    return bracket.matches && c != '/' ? bracket.end : none;
  }
  if (p == '\\' && at + 1 == pattern.size()) return none;
  const std::size_t literal = p == '\\' ? at + 1 : at;
  const bool same = fold(static_cast<unsigned char>(pattern[literal]), ignore_case) ==
                    fold(static_cast<unsigned char>(c), ignore_case);
  return same ? literal + 1 : none;
}

bool is_globstar(std::string_view pattern, std::size_t at) {
  return pattern.compare(at, 2, "**") == 0 && (at == 0 || pattern[at - 1] == '/') &&
         (at + 2 == pattern.size() || pattern[at + 2] == '/');
}

}  // namespace

// A failed match goes back to the last star and lets it take one more character, or else to the last
// `**/` and lets it take one more folder. Earlier ones need not be tried again: whatever they could
// reach, the later ones reach too.
bool wildmatch(std::string_view pattern, std::string_view path, bool ignore_case) {
  std::size_t at = 0;
  std::size_t i = 0;
  std::size_t star = none, star_taken = 0;
  std::size_t folders = none, folders_taken = 0;
  for (;;) {
    if (at < pattern.size() && pattern[at] == '*') {
      if (is_globstar(pattern, at)) {
        if (at + 2 == pattern.size()) return true;
        folders = at += 3;
        folders_taken = i;
        star = none;
      } else {
        at = pattern.find_first_not_of('*', at);
        if (at == none) at = pattern.size();
        star = at;
        star_taken = i;
      }
      continue;
    }
    if (at == pattern.size() && i == path.size()) return true;
    const std::size_t next = at < pattern.size() && i < path.size()
                                 ? match_one(pattern, at, path[i], ignore_case)
                                 : none;
    if (next != none) {
      at = next;
      ++i;
      continue;
    }
    if (star != none && star_taken < path.size() && path[star_taken] != '/') {
      i = ++star_taken;
      at = star;
      continue;
    }
    star = none;
    const std::size_t slash = folders == none ? none : path.find('/', folders_taken);
    if (slash == none) return false;
    i = folders_taken = slash + 1;
    at = folders;
  }
}

bool path_matches(std::string_view pattern, std::string_view path) {
  if (!pattern.empty() && pattern.back() == '/') {
    return wildmatch(std::string(pattern) + "**", path);
  }
  if (pattern.find('/') == none) {
    const auto slash = path.rfind('/');
    return wildmatch(pattern, slash == none ? path : path.substr(slash + 1));
  }
  if (pattern.front() == '/') pattern.remove_prefix(1);
  return wildmatch(pattern, path);
}

}  // namespace sluice::base
