#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

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
  std::exception_ptr error;
  std::mutex error_lock;
  const auto work = [&] {
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
      const std::lock_guard guard(error_lock);
      error = std::current_exception();
      failed = true;
    }
  };
  std::vector<std::thread> threads;
  for (unsigned i = 1; i < jobs && i * run < count; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  if (error) std::rethrow_exception(error);
  if (consumer.interrupted()) return fail(ErrorKind::interrupted, "interrupted");
  return {};
}

}  // namespace sluice::source
