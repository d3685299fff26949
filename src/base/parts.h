#pragma once

#include <cstddef>
#include <future>
#include <vector>

namespace sluice::base {

/// Calls `part(begin, end)` for parts that together are 0 to `count`, on up to `jobs` threads of which this is
/// one. No part is smaller than `least`, unless there is but one. Throws what a part throws.
template <class Part>
void in_parts(std::size_t count, unsigned jobs, std::size_t least, const Part& part) {
  const std::size_t most = least == 0 ? count : count / least;
  const std::size_t parts = jobs < most ? jobs : most;
  std::vector<std::future<void>> others;
  for (std::size_t i = 1; i < parts; ++i) {
    others.push_back(std::async(std::launch::async, [&part, begin = count * i / parts, end = count * (i + 1) / parts] {
      part(begin, end);
    }));
  }
  part(std::size_t{0}, parts == 0 ? count : count / parts);
  for (std::future<void>& other : others) other.get();
}

}  // namespace sluice::base
