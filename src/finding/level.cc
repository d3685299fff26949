#include "finding/level.h"

#include <array>

namespace sluice {
namespace {

constexpr std::array<std::string_view, 4> names = {"low", "medium", "high", "critical"};

std::optional<std::size_t> index_of(std::string_view name, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    if (names[i] == name) return i;
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Severity severity) { return names[static_cast<std::size_t>(severity)]; }

std::string_view to_string(Confidence confidence) {
  return names[static_cast<std::size_t>(confidence)];
}

std::optional<Severity> parse_severity(std::string_view name) {
  const auto index = index_of(name, 4);
  if (!index) return std::nullopt;
  return static_cast<Severity>(*index);
}

std::optional<Confidence> parse_confidence(std::string_view name) {
  const auto index = index_of(name, 3);
  if (!index) return std::nullopt;
  return static_cast<Confidence>(*index);
}

}  // namespace sluice
