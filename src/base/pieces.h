#pragma once

#include <string_view>

namespace sluice::base {

/// Whether `is_wanted` holds for any of the pieces that split(text, separator) gives. Allocates nothing.
template <class Predicate>
bool any_piece(std::string_view text, char separator, Predicate is_wanted) {
  for (;;) {
    const auto at = text.find(separator);
    if (is_wanted(text.substr(0, at))) return true;
    if (at == std::string_view::npos) return false;
    text.remove_prefix(at + 1);
  }
}

}  // namespace sluice::base
