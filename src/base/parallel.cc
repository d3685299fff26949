#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#include "base/helper_threads.h"

namespace sluice::base {
namespace {

class Calls : public SharedWork {
 public:
  Calls(std::size_t count, const std::function<void(std::size_t)>& work) : count_(count), work_(work) {}

  void take_part() noexcept override {
    try {
      for (std::size_t at = next_++; at < count_; at = next_++) work_(at);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!error_) error_ = std::current_exception();
    }
  }

  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  std::size_t count_;
  const std::function<void(std::size_t)>& work_;
  std::atomic<std::size_t> next_ = 0;
  std::mutex mutex_;
  std::exception_ptr error_;
};

std::size_t cores() {
  static const std::size_t count = std::max(1u, std::thread::hardware_concurrency());
  return count;
}

}  // namespace

void for_each_in_parallel(std::size_t count, const std::function<void(std::size_t)>& work, unsigned jobs) {
  const std::size_t threads = std::min<std::size_t>(jobs != all_cores ? jobs : cores(), count);
  Calls calls(count, work);
  if (threads > 1) HelperThreads::shared().ask(calls, threads - 1);
  calls.take_part();
  if (threads > 1) HelperThreads::shared().dismiss(calls);
  calls.rethrow();
}

void in_parts(std::size_t count, unsigned jobs, std::size_t least,
              const std::function<void(std::size_t begin, std::size_t end)>& part) {
  const std::size_t parts = std::clamp<std::size_t>(count / least, 1, std::max(1u, jobs));
  for_each_in_parallel(
      parts, [&](std::size_t i) { part(count * i / parts, count * (i + 1) / parts); }, jobs);
}

}  // namespace sluice::base
