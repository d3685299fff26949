#pragma once

#include <cstddef>
#include <functional>

namespace sluice::base {

/// As many threads as there are cores.
constexpr unsigned all_cores = 0;

/// Calls `work(0)` to `work(count - 1)`, each once and in no order, on up to `jobs` threads, this one among
/// them: with 1 none is started, and little work is done soonest so. Returns when all are done. Where one
/// throws, the first exception is thrown again here.
void for_each_in_parallel(std::size_t count, const std::function<void(std::size_t)>& work,
                          unsigned jobs = all_cores);

/// Calls `part(begin, end)` for parts that together are 0 to `count`, likewise. No part is smaller than `least`, unless
/// there is but one.
void in_parts(std::size_t count, unsigned jobs, std::size_t least,
              const std::function<void(std::size_t begin, std::size_t end)>& part);

}  // namespace sluice::base
