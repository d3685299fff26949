#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace sluice::base {
namespace {

class Crew {
 public:
  Crew(std::size_t count, const std::function<void(std::size_t)>& work) : count_(count), work_(work) {}

  void take_part() noexcept {
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

}  // namespace

void for_each_in_parallel(std::size_t count, const std::function<void(std::size_t)>& work, unsigned jobs) {
  const std::size_t threads = jobs != all_cores ? jobs : std::max(1u, std::thread::hardware_concurrency());
  Crew crew(count, work);
  std::vector<std::thread> others;
  others.reserve(std::min(threads, count));
  try {
    for (std::size_t i = 1; i < std::min(threads, count); ++i) others.emplace_back([&crew] { crew.take_part(); });
  } catch (const std::system_error&) {
    // No more threads can be had: those that run do all of it.
  }
  crew.take_part();
  for (std::thread& other : others) other.join();
  crew.rethrow();
}

void in_parts(std::size_t count, unsigned jobs, std::size_t least,
              const std::function<void(std::size_t begin, std::size_t end)>& part) {
  const std::size_t parts = std::clamp<std::size_t>(count / least, 1, std::max(1u, jobs));
  for_each_in_parallel(
      parts, [&](std::size_t i) { part(count * i / parts, count * (i + 1) / parts); }, jobs);
}

}  // namespace sluice::base
