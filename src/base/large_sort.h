#pragma once

#include <algorithm>
#include <utility>
#include <vector>

namespace sluice::base {

/// std::stable_sort for large values: what is moved about is where they are, and each value once.
template <class T, class Less>
void stable_sort_large(std::vector<T>& values, const Less& less) {
  std::vector<T*> in_order;
  in_order.reserve(values.size());
  for (T& value : values) in_order.push_back(&value);
  std::stable_sort(in_order.begin(), in_order.end(), [&](const T* a, const T* b) { return less(*a, *b); });
  std::vector<T> sorted;
  sorted.reserve(values.size());
  for (T* value : in_order) sorted.push_back(std::move(*value));
  values = std::move(sorted);
}

}  // namespace sluice::base
