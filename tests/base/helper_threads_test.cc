#include "base/helper_threads.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <iterator>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "base/parallel.h"

namespace sluice::base {
namespace {

class Noted : public SharedWork {
 public:
  void take_part() noexcept override {
    const std::lock_guard lock(mutex_);
    threads_.insert(std::this_thread::get_id());
    ++times_;
  }

  std::size_t times() const { return times_; }
  const std::set<std::thread::id>& threads() const { return threads_; }

 private:
  std::mutex mutex_;
  std::set<std::thread::id> threads_;
  std::atomic<std::size_t> times_ = 0;
};

TEST(HelperThreads, ComeAsOftenAsAskedForAndAreKept) {
  // Not the shared ones, of which other tests may have started more. Never destroyed, as its threads wait for ever.
  static HelperThreads& helpers = *new HelperThreads;
  std::set<std::thread::id> seen;
  for (int round = 0; round < 20; ++round) {
    Noted work;
    helpers.ask(work, 2);
    while (work.times() < 2) std::this_thread::yield();
    helpers.dismiss(work);
    EXPECT_EQ(work.times(), 2u);
    seen.insert(work.threads().begin(), work.threads().end());
  }
  EXPECT_LE(seen.size(), 2u);
}

std::size_t count_threads() {
  const std::filesystem::directory_iterator tasks("/proc/self/task");
  return static_cast<std::size_t>(std::distance(begin(tasks), end(tasks)));
}

TEST(HelperThreads, OneIsPreparedAndComes) {
  cpu_set_t cores;
  ASSERT_EQ(::sched_getaffinity(0, sizeof cores, &cores), 0);
  if (CPU_COUNT(&cores) < 2) GTEST_SKIP() << "there is one core";
  static HelperThreads& helpers = *new HelperThreads;
  const std::size_t before = count_threads();
  helpers.prepare();
  helpers.prepare();
  EXPECT_EQ(count_threads(), before + 1);
  Noted work;
  helpers.ask(work, 1);
  while (work.times() < 1) std::this_thread::yield();
  helpers.dismiss(work);
  EXPECT_EQ(count_threads(), before + 1);
}

// Notes on how many cores the one that takes part may run.
class NotedCores : public SharedWork {
 public:
  void take_part() noexcept override {
    cpu_set_t cores;
    ::sched_getaffinity(0, sizeof cores, &cores);
    count_ = CPU_COUNT(&cores);
  }

  int count() const { return count_; }

 private:
  std::atomic<int> count_ = 0;
};

TEST(HelperThreads, StayOffTheCoreOfTheOneThatStartsThem) {
  cpu_set_t cores;
  ASSERT_EQ(::sched_getaffinity(0, sizeof cores, &cores), 0);
  if (CPU_COUNT(&cores) < 2) GTEST_SKIP() << "there is one core";
  if (::sched_setaffinity(0, sizeof cores, &cores) != 0) GTEST_SKIP() << "no thread's cores may be set here";
  static HelperThreads& helpers = *new HelperThreads;
  NotedCores work;
  helpers.ask(work, 1);
  while (work.count() == 0) std::this_thread::yield();
  helpers.dismiss(work);
  EXPECT_EQ(work.count(), CPU_COUNT(&cores) - 1);
}

TEST(HelperThreads, NoneComesAfterDismissal) {
  for (int round = 0; round < 2000; ++round) {
    Noted work;
    HelperThreads::shared().ask(work, 2);
    HelperThreads::shared().dismiss(work);
    const std::size_t times = work.times();
    std::this_thread::yield();
    EXPECT_EQ(work.times(), times);
  }
}

TEST(HelperThreads, WorkWithinWorkIsDone) {
  std::atomic<int> calls = 0;
  for_each_in_parallel(
      8, [&](std::size_t) { for_each_in_parallel(8, [&](std::size_t) { ++calls; }, 3); }, 3);
  EXPECT_EQ(calls, 64);
}

TEST(HelperThreads, ThoseOfSeveralThreadsDoNotMixUp) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([] {
      for (int round = 0; round < 200; ++round) {
        std::atomic<int> calls = 0;
        for_each_in_parallel(10, [&](std::size_t) { ++calls; }, 4);
        EXPECT_EQ(calls, 10);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

// Where all helpers wait for work, as they do where sluice forks.
int exit_code_of_fork_with_helpers() {
  const auto work_with_one = [] {
    Noted work;
    HelperThreads::shared().ask(work, 1);
    while (work.times() < 1) std::this_thread::yield();
    HelperThreads::shared().dismiss(work);
  };
  work_with_one();
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(60);  // rather than to wait for ever
    work_with_one();
    ::_exit(0);
  }
  int status = 0;
  const bool is_known = child > 0 && ::waitpid(child, &status, 0) == child;
  return is_known && WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

// What the forked process asks for must not wait for threads that it does not have. In a process of its own: of those that
// other tests have started one may still be within the sanitizer's allocator, which a fork would leave locked.
TEST(HelperThreads, AForkedProcessHasItsOwn) {
#if defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "the thread sanitizer allows no new threads behind a fork";
#endif
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(::_exit(exit_code_of_fork_with_helpers()), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace sluice::base
