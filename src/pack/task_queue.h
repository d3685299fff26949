#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace sluice::pack {

/// Hands out work to several threads: first runs of neighbouring numbers below a count, then, once those are gone,
/// whatever a thread that still has much offers to those that have none. A thread joins before it asks for anything, at
/// any time, so that the work is done by those that come, be they fewer than was thought.
template <class Task>
class TaskQueue {
 public:
  /// `threads` are thought to come, by which runs are measured.
  TaskQueue(std::size_t count, unsigned threads) : count_(count), threads_(threads) {}

  /// To be called by a thread once, before all else.
  void join() {
    const std::lock_guard guard(lock_);
    ++joined_;
  }

  /// The next run of numbers, as [first, second); empty when all are handed out. The last runs are short,
  /// so that no thread is left with much when the others are done.
  std::pair<std::size_t, std::size_t> next_run() {
    std::size_t begin = next_;
    std::size_t end = begin;
    do {
      if (begin >= count_) return {count_, count_};
      end = begin + std::clamp((count_ - begin) / (runs_left * threads_), std::size_t{1}, longest_run);
    } while (!next_.compare_exchange_weak(begin, end));
    return {begin, end};
  }

  /// True when a thread waits for a task that nobody has offered yet. Cheap.
  bool is_wanting() const { return wanting_.load(std::memory_order_relaxed) > 0; }

  /// Gives `task` to a thread that waits.
  void offer(Task task) {
    {
      const std::lock_guard guard(lock_);
      offered_.push_back(std::move(task));
      --wanting_;
    }
    changed_.notify_one();
  }

  /// Waits for a task. Nothing when no thread that joined has any left, so that none will come, or after stop().
  std::optional<Task> take() {
    std::unique_lock guard(lock_);
    ++waiting_;
    ++wanting_;
    if (waiting_ == joined_) changed_.notify_all();
    changed_.wait(guard, [&] { return stopped_ || !offered_.empty() || waiting_ == joined_; });
    if (stopped_ || offered_.empty()) return std::nullopt;
    --waiting_;
    Task task = std::move(offered_.back());
    offered_.pop_back();
    return task;
  }

  /// True after stop().
  bool is_stopped() const { return stopped_.load(std::memory_order_relaxed); }

  /// Ends every wait, now and later.
  void stop() {
    next_ = count_;
    {
      const std::lock_guard guard(lock_);
      stopped_ = true;
    }
    changed_.notify_all();
  }

 private:
  static constexpr std::size_t longest_run = 32;
  static constexpr std::size_t runs_left = 16;  // at least, for each thread, until runs are of one

  const std::size_t count_;
  const unsigned threads_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<int> wanting_ = 0;  // threads that wait, less the tasks offered to them
  std::mutex lock_;
  std::condition_variable changed_;
  unsigned joined_ = 0;
  unsigned waiting_ = 0;  // of those that joined, also those that were told that nothing is left
  std::atomic<bool> stopped_ = false;
  std::vector<Task> offered_;
};

}  // namespace sluice::pack
