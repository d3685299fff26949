#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "rules/byte_set.h"

namespace sluice::rules {

/// A part of an expression. Which members count depends on the kind.
struct SyntaxNode {
  enum class Kind {
    bytes,         ///< one byte of `set`
    concat,        ///< `children`, one after the other; none: the empty text
    alternate,     ///< one of `children`
    repeat,        ///< the only child, `least` to `most` times
    text_begin,    ///< \A, ^
    text_end,      ///< \z, $
    line_begin,    ///< ^ in multi-line mode
    line_end,      ///< $ in multi-line mode
    word_edge,     ///< \b
    no_word_edge,  ///< \B
  };
  static constexpr std::uint32_t no_limit = std::numeric_limits<std::uint32_t>::max();

  Kind kind = Kind::concat;
  ByteSet set;
  std::uint32_t least = 0;
  std::uint32_t most = 0;
  std::vector<SyntaxNode> children;
};

/// The structure of `expression`, which RE2 compiles in Latin-1 mode
/// (https://github.com/google/re2/wiki/Syntax). Captures, names and greediness are left out: they do not
/// change what matches. Nothing when it holds what is not known here (Unicode classes) or is nested
/// deeper than 60 groups; then it can still be searched with, but nothing is known of it.
/// Case folding may put more into a set than RE2 does, never less.
std::optional<SyntaxNode> parse_syntax(std::string_view expression);

}  // namespace sluice::rules
