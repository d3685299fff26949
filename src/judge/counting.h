#pragma once

#include <cstddef>
#include <string_view>

#include "judge/value_bytes.h"

namespace sluice::judge {

/// How many letters and digits in a row count: each differs from the one `stride` places before it by 1 to
/// `stride`, always the same, and around: behind 9 comes 0. The most for any stride from 1 to 6; other bytes and case do not matter.
std::size_t longest_count(std::string_view text);

/// Whether longest_count() is `least` or more: told sooner. `least` is more than 6.
bool counts(std::string_view text, std::size_t least);

/// The same of `whole`, of which `value` are the first bytes: most that do not are told from those that do at once.
/// `least` is more than 8.
bool counts(const ValueBytes& value, std::string_view whole, std::size_t least);

}  // namespace sluice::judge
