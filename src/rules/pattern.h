#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "base/result.h"

namespace sluice::rules {

/// Offsets into the searched text, [begin, end).
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Where an expression matched, and where its secret group did.
struct PatternMatch {
  Span whole;
  Span group;
};

/// An RE2 expression over bytes (Latin-1 mode: bytes that are not valid UTF-8 match like any others),
/// compiled at first use. Searching is linear in the text. Thread-safe.
class Pattern {
 public:
  /// Whether `expression` compiles within the memory limit and has `group`.
  /// Errors: invalid_input.
  static Status check(std::string_view expression, int group);

  Pattern(std::string_view expression, int group, bool ignore_case = false);
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

  /// The leftmost match that starts in `text` at or after `begin` and ends by `end`; `^`, `$` and
  /// `\b` look at what lies around. A match whose group took no part counts as none.
  std::optional<PatternMatch> find(std::string_view text, std::size_t begin, std::size_t end) const;

  /// True when all of `text` matches.
  bool matches_all(std::string_view text) const;

 private:
  struct Compiled;
  const Compiled& compiled() const;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace sluice::rules
