#include "base/processor.h"

#include <gtest/gtest.h>

namespace sluice::base {
namespace {

#if defined(__x86_64__)
TEST(Processor, KnowsAvx2AsTheCompilerDoes) { EXPECT_EQ(has_avx2(), __builtin_cpu_supports("avx2") != 0); }
#endif

}  // namespace
}  // namespace sluice::base
