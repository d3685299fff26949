#include "base/beside.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>

namespace sluice::base {
namespace {

TEST(Beside, IsDoneByAHelperThatHasCome) {
  std::atomic<bool> is_begun = false;
  Beside<std::thread::id> work([&] {
    is_begun = true;
    return std::this_thread::get_id();
  });
  work.start();
  while (!is_begun) std::this_thread::yield();
  EXPECT_NE(work.get(), std::this_thread::get_id());
}

TEST(Beside, IsDoneHereWhereNoneWasAskedFor) {
  Beside<std::thread::id> work([] { return std::this_thread::get_id(); });
  EXPECT_EQ(work.get(), std::this_thread::get_id());
}

TEST(Beside, IsDoneOnce) {
  for (int round = 0; round < 2000; ++round) {
    std::atomic<int> calls = 0;
    Beside<int> work([&] { return ++calls; });
    work.start();
    EXPECT_EQ(work.get(), 1);
    EXPECT_EQ(work.get(), 1);
    EXPECT_EQ(calls, 1);
  }
}

TEST(Beside, IsWaitedForWhereNobodyAsksForItsResult) {
  for (int round = 0; round < 2000; ++round) {
    int calls = 0;  // would be gone
    {
      Beside<int> work([&] { return ++calls; });
      work.start();
    }
    EXPECT_LE(calls, 1);
  }
}

TEST(Beside, ThrowsWhatItsWorkThrew) {
  Beside<int> work([]() -> int { throw std::runtime_error("broken"); });
  work.start();
  EXPECT_THROW(work.get(), std::runtime_error);
}

}  // namespace
}  // namespace sluice::base
