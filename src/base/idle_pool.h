#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace sluice::base {

/// What is costly to make and of use to one thread at a time: a thread takes one that is idle and gives it back, so that
/// no more are made than were ever in use at once. Thread-safe.
template <class T>
class IdlePool {
 public:
  /// The one that was given back last, or what `make()` gives, a std::unique_ptr, while none is idle.
  template <class Make>
  std::unique_ptr<T> take(Make make) {
    if (std::unique_ptr<T> idle = take_idle()) return idle;
    return make();
  }

  void give_back(std::unique_ptr<T> one) {
    const std::lock_guard guard(lock_);
    idle_.push_back(std::move(one));
  }

 private:
  std::unique_ptr<T> take_idle() {
    const std::lock_guard guard(lock_);
    if (idle_.empty()) return nullptr;
    std::unique_ptr<T> one = std::move(idle_.back());
    idle_.pop_back();
    return one;
  }

  std::mutex lock_;
  std::vector<std::unique_ptr<T>> idle_;
};

}  // namespace sluice::base
