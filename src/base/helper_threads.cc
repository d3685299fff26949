#include "base/helper_threads.h"

#include <pthread.h>
#include <sched.h>

#include <chrono>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

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

// Waits for what is soon over.
template <class Is>
void wait_awake(const Is& is_over) {
  constexpr std::chrono::microseconds patience(100);
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!is_over() && std::chrono::steady_clock::now() < end) {
    for (int i = 0; i < 16 && !is_over(); ++i) {
#if defined(__x86_64__)
      _mm_pause();
#endif
    }
  }
}

}  // namespace

HelperThreads::HelperThreads() {
  CPU_ZERO(&cores_);
  ::sched_getaffinity(0, sizeof cores_, &cores_);
}

HelperThreads& HelperThreads::shared() { return *all(); }

void HelperThreads::prepare() {
  if (!has_cores()) return;
  const std::lock_guard lock(mutex_);
  if (idle_ == 0 && asked_.empty()) start(::sched_getcpu());
}

void HelperThreads::ask(SharedWork& work, std::size_t count) {
  const std::lock_guard lock(mutex_);
  work.core_ = ::sched_getcpu();
  asked_.insert(asked_.end(), count, &work);
  asked_count_ = asked_.size();
  while (idle_ < asked_.size() && start(work.core_)) {
  }
  asked_for_.notify_all();
}

void HelperThreads::dismiss(SharedWork& work) {
  {
    const std::lock_guard lock(mutex_);
    std::erase(asked_, &work);
    asked_count_ = asked_.size();
  }
  if (has_cores()) wait_awake([&] { return work.helpers_ == 0; });
  std::unique_lock lock(mutex_);
  left_.wait(lock, [&] { return work.helpers_ == 0; });
}

// Else whoever stays awake is in the way of the one that it waits for.
bool HelperThreads::has_cores() const { return CPU_COUNT(&cores_) > 1; }

// None where there is no other.
cpu_set_t HelperThreads::cores_without(int core) const {
  cpu_set_t others = cores_;
  if (core >= 0) CPU_CLR(static_cast<std::size_t>(core), &others);
  return others;
}

bool HelperThreads::start(int core) {
  pthread_attr_t attributes;
  ::pthread_attr_init(&attributes);
  ::pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  const cpu_set_t cores = cores_without(core);
  if (CPU_COUNT(&cores) > 0) ::pthread_attr_setaffinity_np(&attributes, sizeof cores, &cores);
  const auto serve = [](void* helpers) -> void* {
    static_cast<HelperThreads*>(helpers)->serve();
    return nullptr;
  };
  pthread_t thread{};
  bool is_started = ::pthread_create(&thread, &attributes, serve, this) == 0;
  if (!is_started && CPU_COUNT(&cores) > 0) {  // some sandboxes leave no choice of cores
    ::pthread_attr_setaffinity_np(&attributes, 0, &cores);
    is_started = ::pthread_create(&thread, &attributes, serve, this) == 0;
  }
  ::pthread_attr_destroy(&attributes);
  if (is_started) ++idle_;
  return is_started;
}

// On a virtual machine an idle core looks taken to the scheduler, so that whoever is woken stays with who woke it.
void HelperThreads::leave(int core) const {
  if (core < 0 || ::sched_getcpu() != core) return;
  const cpu_set_t cores = cores_without(core);
  if (CPU_COUNT(&cores) > 0) ::sched_setaffinity(0, sizeof cores, &cores);
}

void HelperThreads::serve() {
  std::unique_lock lock(mutex_);
  while (true) {
    lock.unlock();
    if (has_cores()) wait_awake([&] { return asked_count_ != 0; });
    lock.lock();
    asked_for_.wait(lock, [&] { return !asked_.empty(); });
    SharedWork& work = *asked_.front();
    asked_.pop_front();
    asked_count_ = asked_.size();
    --idle_;
    ++work.helpers_;
    const int core = work.core_;
    lock.unlock();
    leave(core);
    work.take_part();
    lock.lock();
    ++idle_;
    if (--work.helpers_ == 0) left_.notify_all();
  }
}

}  // namespace sluice::base
