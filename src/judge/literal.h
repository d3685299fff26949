#pragma once

#include <optional>
#include <string_view>

#include "judge/peek.h"

namespace sluice::judge {

/// A value as it is written.
struct Literal {
  rules::Span span;  ///< without quotes and without what tells how it authenticates (`Bearer `)
  bool is_quoted = false;
};

/// The literal whose quote, perhaps escaped or tripled, is ahead; of a longer one the first 512
/// bytes, of a broken one its first line if that has 40. Nothing when it is shorter than 4 bytes.
std::optional<Literal> read_quoted(Peek& peek);

/// The bytes ahead up to a blank, a line end or what ends a value in most languages.
std::optional<Literal> read_bare(Peek& peek);

/// Whether no secret is written like this: interpolations, constants of languages, one byte repeated,
/// and, without quotes, what looks like an expression.
bool cannot_be_secret(std::string_view value, bool is_quoted);

}  // namespace sluice::judge
