#include "base/processor.h"

#if defined(__x86_64__) && __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#endif

namespace sluice::base {

// The C library has asked the processor before the program began. The compiler's own table asks it again, whether the
// program needs that or not, and on a virtual machine each of its ten questions is a way to the host and back.
bool has_avx2() {
#if defined(CPU_FEATURE_ACTIVE)
  static const bool known = CPU_FEATURE_ACTIVE(AVX2) && CPU_FEATURE_ACTIVE(POPCNT);
  return known;
#elif defined(__x86_64__)
  return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("popcnt") != 0;
#else
  return false;
#endif
}

}  // namespace sluice::base
