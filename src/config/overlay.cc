#include "config/overlay.h"

#include <cstddef>

#include "config/walk.h"

namespace sluice::config {

bool is_overlay(const document::Node& mapping, const document::Node& base) {
  constexpr std::size_t fewest_left_out = 3;
  std::size_t values = 0;
  std::size_t left_out = 0;
  for_each_match_or_miss(base, mapping, [&](const Match& match) {
    if (match.entry.value->kind == document::Kind::mapping) return;
    ++values;
    if (match.other == nullptr) ++left_out;
  });
  std::size_t known = 0;
  std::size_t unknown = 0;
  for_each_match(mapping, base, [&](const Match& match) { ++(match.other != nullptr ? known : unknown); });
  return left_out >= fewest_left_out && left_out * 5 >= values * 2 && known >= unknown;
}

}  // namespace sluice::config
