#pragma once

#include <cstddef>
#include <functional>

namespace sluice::base {

/// Calls `work(0)` to `work(count - 1)`, each once and in no order, on as many threads as there are cores, this one
/// among them. Returns when all are done. Where one throws, the first exception is thrown again here.
void for_each_in_parallel(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace sluice::base
