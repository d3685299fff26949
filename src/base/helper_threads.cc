#include "base/helper_threads.h"

#include <pthread.h>
#include <sched.h>

#include <atomic>

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

// A thread is left to share the core of the one that wakes it where the others are busy with other programs, and
// for as long as a hook runs nothing moves it away: two threads are then slower than one. So it is kept off that core.
void keep_off_this_core(pthread_attr_t& attributes) {
  cpu_set_t cores;
  const int here = ::sched_getcpu();
  if (here < 0 || ::sched_getaffinity(0, sizeof cores, &cores) != 0) return;
  CPU_CLR(static_cast<std::size_t>(here), &cores);
  if (CPU_COUNT(&cores) > 0) ::pthread_attr_setaffinity_np(&attributes, sizeof cores, &cores);
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
  pthread_attr_t attributes;
  ::pthread_attr_init(&attributes);
  ::pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  keep_off_this_core(attributes);
  const auto serve = [](void* helpers) -> void* {
    static_cast<HelperThreads*>(helpers)->serve();
    return nullptr;
  };
  pthread_t thread{};
  const bool is_started = ::pthread_create(&thread, &attributes, serve, this) == 0;
  ::pthread_attr_destroy(&attributes);
  if (is_started) ++idle_;
  return is_started;
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
