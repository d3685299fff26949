#include "scan/uuid.h"

#include <bitset>

#include "judge/characters.h"

namespace sluice::scan {

using rules::Span;

std::optional<Span> uuid_around(std::string_view text, Span dashes) {
  constexpr std::size_t before = 8;
  constexpr std::size_t after = 12;
  if (dashes.begin < before || text.size() - dashes.end < after) return {};
  const Span uuid{dashes.begin - before, dashes.end + after};
  std::bitset<256> distinct;
  for (std::size_t at = uuid.begin; at < uuid.end; ++at) {
    const bool is_dash = at >= dashes.begin && at < dashes.end && (at - dashes.begin) % 5 == 0;
    if (!is_dash && !judge::is(text[at], judge::hexadecimal)) return {};
    if (!is_dash) distinct.set(static_cast<unsigned char>(text[at]));
  }
  const auto continues = [&](std::size_t at) { return judge::is(text[at], judge::alphanumeric); };
  if (uuid.begin > 0 && continues(uuid.begin - 1)) return {};
  if (uuid.end < text.size() && (continues(uuid.end) || text[uuid.end] == '-')) return {};
  if (distinct.count() <= 2) return {};
  return uuid;
}

}  // namespace sluice::scan
