#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "rules/pattern.h"

namespace sluice::scan {

/// From the first dash of a UUID to behind its last: `-0000-0000-0000-`.
inline constexpr std::size_t uuid_dashes = 16;

/// The UUID (RFC 9562, section 4: 8-4-4-4-12 hexadecimal digits) whose dashes are text[dashes], if it
/// stands alone and is not made of two digits or fewer. Looks 9 bytes before and 13 behind.
std::optional<rules::Span> uuid_around(std::string_view text, rules::Span dashes);

/// Calls `hit(begin)` wherever dashes stand in text[from, to) as in a UUID.
template <class Hit>
void for_each_uuid_dashes(std::string_view text, std::size_t from, std::size_t to, Hit hit) {
  if (to - from < uuid_dashes) return;
  constexpr std::size_t block = 32;
  const char* const start = text.data();
  const std::size_t last = to - uuid_dashes;
  for (std::size_t at = from; at <= last;) {
    const std::size_t count = last - at + 1 < block ? last - at + 1 : block;
    // Without a branch inside, so that compilers look at a block in a few instructions.
    unsigned any = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const char* const c = start + at + i;
      any |= static_cast<unsigned>((c[0] == '-') & (c[5] == '-') & (c[10] == '-') & (c[15] == '-'));
    }
    for (std::size_t i = 0; any != 0 && i < count; ++i) {
      const char* const c = start + at + i;
      if (c[0] == '-' && c[5] == '-' && c[10] == '-' && c[15] == '-') hit(at + i);
    }
    at += count;
  }
}

}  // namespace sluice::scan
