#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/byte_block.h"
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
  const std::size_t last = to - uuid_dashes;
  std::size_t at = from;
  // Places of a block whose other dashes lie in it, too.
  constexpr std::size_t places = base::ByteBlock::size - uuid_dashes + 1;
  for (; at <= last && text.size() - at >= base::ByteBlock::size; at += places) {
    const std::uint64_t dashes = base::ByteBlock(text.data() + at).equal('-').bits();
    std::uint64_t found = dashes & dashes >> 5 & dashes >> 10 & dashes >> 15;
    for (; found != 0; found &= found - 1) {
      const std::size_t begin = at + static_cast<std::size_t>(std::countr_zero(found));
      if (begin <= last) hit(begin);
    }
  }
  for (const char* const c = text.data(); at <= last; ++at) {
    if (c[at] == '-' && c[at + 5] == '-' && c[at + 10] == '-' && c[at + 15] == '-') hit(at);
  }
}

}  // namespace sluice::scan
