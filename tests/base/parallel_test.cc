#include "base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace sluice::base {
namespace {

TEST(Parallel, CallsEachOnce) {
  for (const std::size_t count : {0u, 1u, 2u, 1000u}) {
    std::vector<std::atomic<int>> calls(count);
    for_each_in_parallel(count, [&](std::size_t at) { ++calls[at]; });
    for (const std::atomic<int>& one : calls) EXPECT_EQ(one, 1);
  }
}

TEST(Parallel, PartsAreTheWholeAndNotTooSmall) {
  for (const std::size_t count : {0u, 1u, 99u, 100u, 1001u}) {
    for (const unsigned jobs : {1u, 2u, 7u}) {
      std::vector<std::atomic<int>> calls(count);
      std::atomic<std::size_t> parts = 0;
      in_parts(count, jobs, 50, [&](std::size_t begin, std::size_t end) {
        ++parts;
        EXPECT_TRUE(end - begin >= 50 || end - begin == count);
        for (; begin < end; ++begin) ++calls[begin];
      });
      EXPECT_LE(parts, jobs);
      for (const std::atomic<int>& one : calls) EXPECT_EQ(one, 1);
    }
  }
}

TEST(Parallel, ThrowsAgainWhatIsThrown) {
  EXPECT_THROW(for_each_in_parallel(100,
                                    [](std::size_t at) {
                                      if (at == 50) throw std::runtime_error("one of them");
                                    }),
               std::runtime_error);
}

}  // namespace
}  // namespace sluice::base
