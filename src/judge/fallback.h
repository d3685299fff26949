#pragma once

#include <string_view>

#include "judge/literal.h"
#include "judge/peek.h"

namespace sluice::judge {

// What a name is given when nothing else is: the value stands behind the place that is asked first. Each moves
// ahead to what it tells of, or not at all.

/// Past the sign of `${NAME:-value}` and `${NAME:=value}` behind its colon (POSIX shell, 2.6.2), if the
/// keyword at `keyword` is part of such a name.
void skip_default_sign(Peek& peek, std::size_t keyword);

/// To the quote of the value behind an operator: `or "value"`, `|| "value"`, `?? "value"`, `?: "value"`.
bool skip_to_fallback(Peek& peek);

/// To the quote of the value in a block, as of Ruby's `fetch("NAME") { "value" }`.
bool skip_to_block(Peek& peek);

/// Behind `literal`, which was read: to the quote of the value that is taken when what it names is not set, as in
/// `getenv("NAME") or "value"`, `getenv("NAME", "value")`, `env.NAME || "value"`. The name is in capitals if it is quoted.
bool skip_to_fallback_of(Peek& peek, std::string_view text, const Literal& literal);

/// To what is piped in `$(printf %s value | base64)` and `"$(echo -n value | base64)"`.
bool skip_to_piped(Peek& peek);

}  // namespace sluice::judge
