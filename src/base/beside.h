#pragma once

#include <atomic>
#include <exception>
#include <functional>
#include <optional>
#include <utility>

#include "base/helper_threads.h"

namespace sluice::base {

/// Work that a helper thread does beside what goes on here. Where none has come to it when its result is asked for, it
/// is done then and here, so that a system that gives no more threads only takes longer.
template <class T>
class Beside final : public SharedWork {
 public:
  explicit Beside(std::function<T()> work) : work_(std::move(work)) {}
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;
  ~Beside() override { HelperThreads::shared().dismiss(*this); }

  /// Lets a helper thread begin. At most once.
  void start() { HelperThreads::shared().ask(*this, 1); }

  /// What the work returned, or the exception that it threw. For one thread; it may ask again.
  T& get() {
    take_part();
    HelperThreads::shared().dismiss(*this);
    if (error_) std::rethrow_exception(error_);
    return *result_;
  }

  void take_part() noexcept override {
    if (is_begun_.exchange(true)) return;
    try {
      result_.emplace(work_());
    } catch (...) {
      error_ = std::current_exception();
    }
  }

 private:
  std::function<T()> work_;
  std::atomic<bool> is_begun_ = false;
  std::optional<T> result_;
  std::exception_ptr error_;
};

}  // namespace sluice::base
