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

TEST(Parallel, ThrowsAgainWhatIsThrown) {
  EXPECT_THROW(for_each_in_parallel(100,
                                    [](std::size_t at) {
                                      if (at == 50) throw std::runtime_error("one of them");
                                    }),
               std::runtime_error);
}

}  // namespace
}  // namespace sluice::base
