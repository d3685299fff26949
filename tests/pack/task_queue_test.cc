#include "pack/task_queue.h"

#include <gtest/gtest.h>

#include <atomic>
#include <tuple>

#include "base/parallel.h"

namespace sluice::pack {
namespace {

// How many numbers a thread alone is handed out.
std::size_t count_of_runs(TaskQueue<int>& queue) {
  std::size_t count = 0;
  for (auto [at, end] = queue.next_run(); at != end; std::tie(at, end) = queue.next_run()) count += end - at;
  return count;
}

TEST(TaskQueue, NeedsNoMoreThreadsThanCome) {
  TaskQueue<int> queue(1000, 4);
  queue.join();
  EXPECT_EQ(count_of_runs(queue), 1000u);
  EXPECT_FALSE(queue.take()) << "although three were thought to come";
  queue.join();
  EXPECT_EQ(count_of_runs(queue), 0u);
  EXPECT_FALSE(queue.take()) << "nor when one comes late";
}

TEST(TaskQueue, EndsForAllOnceWhatWasOfferedIsDone) {
  TaskQueue<int> queue(1, 3);
  std::atomic<int> taken = 0;
  base::for_each_in_parallel(
      3,
      [&](std::size_t) {
        queue.join();
        if (count_of_runs(queue) > 0) {
          for (int offered = 0; offered < 50;) {
            if (!queue.is_wanting()) continue;
            queue.offer(1);
            ++offered;
          }
        }
        while (const auto task = queue.take()) taken += *task;
      },
      3);
  EXPECT_EQ(taken, 50);
}

TEST(TaskQueue, EndsWhenItIsStopped) {
  TaskQueue<int> queue(1000, 2);
  queue.join();
  queue.join();
  queue.stop();
  EXPECT_EQ(count_of_runs(queue), 0u);
  EXPECT_FALSE(queue.take()) << "although another thread has not said that it has nothing";
}

}  // namespace
}  // namespace sluice::pack
