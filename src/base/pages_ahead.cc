#include "base/pages_ahead.h"

#include <sys/mman.h>

#include <cstdint>
#include <system_error>

namespace sluice::base {
namespace {

constexpr std::uintptr_t step = std::uintptr_t{16} << 20;
constexpr std::size_t least = 4 * step;

}  // namespace

PagesAhead::PagesAhead(void* memory, std::size_t size) {
#ifdef MADV_POPULATE_WRITE
  if (size < least || std::thread::hardware_concurrency() < 2) return;
  const auto begin = reinterpret_cast<std::uintptr_t>(memory);
  const auto ask = [this, begin, end = (begin + size) / step * step] {
    // What is written already stays as it is; a system that knows no such request refuses the first.
    for (std::uintptr_t at = end; !is_over_ && at >= begin + step; at -= step) {
      if (::madvise(reinterpret_cast<void*>(at - step), step, MADV_POPULATE_WRITE) != 0) return;
    }
  };
  try {
    thread_ = std::thread(ask);
  } catch (const std::system_error&) {
    // Without it pages come one after the other.
  }
#else
  (void)memory;
  (void)size;
#endif
}

PagesAhead::~PagesAhead() {
  is_over_ = true;
  if (thread_.joinable()) thread_.join();
}

}  // namespace sluice::base
