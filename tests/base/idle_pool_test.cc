#include "base/idle_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>

#include "base/parallel.h"

namespace sluice::base {
namespace {

TEST(IdlePool, MakesOneOnlyWhileNoneIsIdle) {
  IdlePool<int> pool;
  int made = 0;
  const auto make = [&] { return std::make_unique<int>(++made); };
  auto first = pool.take(make);
  auto second = pool.take(make);
  EXPECT_EQ(*first, 1);
  EXPECT_EQ(*second, 2);
  pool.give_back(std::move(first));
  pool.give_back(std::move(second));
  EXPECT_EQ(*pool.take(make), 2) << "the one that was given back last";
  EXPECT_EQ(*pool.take(make), 1);
  EXPECT_EQ(*pool.take(make), 3);
}

TEST(IdlePool, GivesOneToOneThreadAtATime) {
  struct Worker {
    std::atomic<bool> is_busy = false;
  };
  IdlePool<Worker> pool;
  std::atomic<int> shared = 0;
  std::atomic<unsigned> made = 0;
  for_each_in_parallel(
      1000,
      [&](std::size_t) {
        auto worker = pool.take([&] {
          ++made;
          return std::make_unique<Worker>();
        });
        if (worker->is_busy.exchange(true)) ++shared;
        worker->is_busy = false;
        pool.give_back(std::move(worker));
      },
      4);
  EXPECT_EQ(shared, 0);
  EXPECT_LE(made, 4u);
}

}  // namespace
}  // namespace sluice::base
