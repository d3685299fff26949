#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>

#include "base/parallel.h"
#include "source/item.h"

namespace sluice::source {

/// Calls a worker's function for 0 to `count` - 1, in small runs of neighbours, on `jobs` threads. Each
/// thread gets its own function from `make_worker()`. An exception stops all and is thrown again here.
/// Errors: interrupted.
template <class MakeWorker>
Status for_each_index(std::size_t count, unsigned jobs, ItemConsumer& consumer,
                      MakeWorker make_worker) {
  const std::size_t run = std::clamp<std::size_t>(count / (8 * std::max(1u, jobs)), 1, 32);
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> done = 0;
  std::atomic<bool> failed = false;
  const auto work = [&](std::size_t) {
    if (next >= count) return;
    try {
      auto worker = make_worker();
      while (!failed && !consumer.interrupted()) {
        const std::size_t begin = next.fetch_add(run);
        if (begin >= count) return;
        const std::size_t end = begin + run < count ? begin + run : count;
        for (std::size_t i = begin; i < end && !consumer.interrupted(); ++i) worker(i);
        consumer.progress(done += end - begin, count);
      }
    } catch (...) {
      failed = true;
      throw;
    }
  };
  const std::size_t runs = (count + run - 1) / run;
  const auto threads = static_cast<unsigned>(std::clamp<std::size_t>(runs, 1, std::max(1u, jobs)));
  base::for_each_in_parallel(threads, work, threads);
  if (consumer.interrupted()) return fail(ErrorKind::interrupted, "interrupted");
  return {};
}

}  // namespace sluice::source
