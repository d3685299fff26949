#include "base/large_pages.h"

#include <sys/mman.h>

#include <cstdint>

namespace sluice::base {
namespace {

constexpr std::uintptr_t large_page = std::uintptr_t{2} << 20;
constexpr std::size_t least = 4 * large_page;

}  // namespace

void use_large_pages(void* memory, std::size_t size) {
#ifdef MADV_HUGEPAGE
  if (size < least) return;
  const auto begin = reinterpret_cast<std::uintptr_t>(memory);
  const std::uintptr_t first = (begin + large_page - 1) / large_page * large_page;
  const std::uintptr_t end = (begin + size) / large_page * large_page;
  if (first < end) (void)::madvise(reinterpret_cast<void*>(first), end - first, MADV_HUGEPAGE);
#else
  (void)memory;
  (void)size;
#endif
}

}  // namespace sluice::base
