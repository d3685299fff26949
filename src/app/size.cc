#include "app/size.h"

#include <fmt/format.h>

#include <charconv>

namespace sluice::app {

Result<std::uint64_t> parse_size(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  if (!unit.empty() && (unit.back() == 'B' || unit.back() == 'b')) unit.remove_suffix(1);
  constexpr std::string_view units = "KMGT";
  const auto power = unit.size() == 1 ? units.find(static_cast<char>(unit[0] & ~0x20))
                                      : std::string_view::npos;
  if (error != std::errc() || (!unit.empty() && power == std::string_view::npos) ||
      value > (1ull << 20) << 30) {
    return fail(ErrorKind::invalid_input, fmt::format("'{}' is not a size", text), {},
                "write bytes, or a number with K, M or G: 10M");
  }
  for (std::size_t i = 0; !unit.empty() && i <= power; ++i) value *= 1000;
  return value;
}

}  // namespace sluice::app
