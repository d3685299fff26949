#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

namespace sluice::base {

/// std::stable_sort for large values: their places are sorted, then each value moves to its own once, in place.
template <class T, class Less>
void stable_sort_large(std::vector<T>& values, const Less& less) {
  std::vector<std::size_t> from(values.size());
  std::iota(from.begin(), from.end(), std::size_t{0});
  std::stable_sort(from.begin(), from.end(),
                   [&](std::size_t a, std::size_t b) { return less(values[a], values[b]); });
  for (std::size_t start = 0; start < from.size(); ++start) {
    if (from[start] == start) continue;
    T first = std::move(values[start]);
    std::size_t to = start;
    while (from[to] != start) {
      values[to] = std::move(values[from[to]]);
      to = std::exchange(from[to], to);
    }
    values[to] = std::move(first);
    from[to] = to;
  }
}

}  // namespace sluice::base
