#pragma once

#include <sched.h>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>

namespace sluice::base {

/// Work that several threads can take part in.
class SharedWork {
 public:
  virtual ~SharedWork() = default;
  /// Does some of it, until there is none left to begin. Called by several threads at once.
  virtual void take_part() noexcept = 0;

 private:
  friend class HelperThreads;
  std::size_t helpers_ = 0;  // guarded by HelperThreads
  int core_ = -1;            // of the thread that asked for helpers
};

/// Threads that are kept from one piece of work to the next. To start one takes as long as much of what a hook does,
/// and one that is woken is often left to share the core of the thread that woke it while others are idle, so they
/// leave that core by themselves.
class HelperThreads {
 public:
  HelperThreads();

  /// Those of this process; one that was forked has its own.
  static HelperThreads& shared();

  /// Asks for up to `count` threads to take part in `work`, and starts them where too few are idle. Fewer take part
  /// where the system gives no more threads, or where the work is done before they come.
  void ask(SharedWork& work, std::size_t count);

  /// Returns when no thread takes part in `work` any more, and none will.
  void dismiss(SharedWork& work);

 private:
  bool start(int core);
  void serve();
  void leave(int core) const;
  cpu_set_t cores_without(int core) const;

  cpu_set_t cores_;  // on which the process may run; none where the system does not tell
  std::mutex mutex_;
  std::condition_variable asked_for_;
  std::condition_variable left_;
  std::deque<SharedWork*> asked_;  // once for each thread that is yet to come
  std::size_t idle_ = 0;
};

}  // namespace sluice::base
