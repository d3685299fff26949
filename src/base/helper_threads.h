#pragma once

#include <sched.h>

#include <atomic>
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
  std::atomic<std::size_t> helpers_ = 0;  // changed by HelperThreads under its lock
  int core_ = -1;            // of the thread that asked for helpers
};

/// Threads that are kept from one piece of work to the next. To start one takes as long as much of what a hook does,
/// and one that is woken is often left to share the core of the thread that woke it while others are idle, so they
/// leave that core by themselves. Being woken takes about as long as what many pieces of work leave to wait for, above
/// all on a virtual machine, so whoever waits stays awake for a moment before it sleeps.
class HelperThreads {
 public:
  HelperThreads();

  /// Those of this process; one that was forked has its own.
  static HelperThreads& shared();

  /// Begins to start a thread where none is idle and there is a core for it: work will be there in a moment.
  void prepare();

  /// Asks for up to `count` threads to take part in `work`, and starts them where too few are idle. Fewer take part
  /// where the system gives no more threads, or where the work is done before they come.
  void ask(SharedWork& work, std::size_t count);

  /// Returns when no thread takes part in `work` any more, and none will.
  void dismiss(SharedWork& work);

 private:
  bool start(int core);
  void serve();
  void leave(int core) const;
  bool has_cores() const;
  cpu_set_t cores_without(int core) const;

  cpu_set_t cores_;  // on which the process may run; none where the system does not tell
  std::mutex mutex_;
  std::condition_variable asked_for_;
  std::condition_variable left_;
  std::deque<SharedWork*> asked_;  // once for each thread that is yet to come
  std::atomic<std::size_t> asked_count_ = 0;  // of `asked_`, to be looked at without the lock
  std::size_t idle_ = 0;
};

}  // namespace sluice::base
