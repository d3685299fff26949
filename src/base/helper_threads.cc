#include "base/helper_threads.h"

#include <pthread.h>

#include <atomic>
#include <system_error>
#include <thread>

namespace sluice::base {
namespace {

// Never destroyed: its threads wait until the process ends.
std::atomic<HelperThreads*>& all() {
  static std::atomic<HelperThreads*> helpers = [] {
    // A fork takes the thread along that forks, and no other.
    ::pthread_atfork(nullptr, nullptr, [] { all() = new HelperThreads; });
    return new HelperThreads;
  }();
  return helpers;
}

}  // namespace

HelperThreads& HelperThreads::shared() { return *all(); }

void HelperThreads::ask(SharedWork& work, std::size_t count) {
  const std::lock_guard lock(mutex_);
  asked_.insert(asked_.end(), count, &work);
  while (idle_ < asked_.size() && start()) {
  }
  asked_for_.notify_all();
}

void HelperThreads::dismiss(SharedWork& work) {
  std::unique_lock lock(mutex_);
  std::erase(asked_, &work);
  left_.wait(lock, [&] { return work.helpers_ == 0; });
}

bool HelperThreads::start() {
  try {
    std::thread([this] { serve(); }).detach();
  } catch (const std::system_error&) {
    return false;
  }
  ++idle_;
  return true;
}

void HelperThreads::serve() {
  std::unique_lock lock(mutex_);
  while (true) {
    asked_for_.wait(lock, [&] { return !asked_.empty(); });
    SharedWork& work = *asked_.front();
    asked_.pop_front();
    --idle_;
    ++work.helpers_;
    lock.unlock();
    work.take_part();
    lock.lock();
    ++idle_;
    if (--work.helpers_ == 0) left_.notify_all();
  }
}

}  // namespace sluice::base
