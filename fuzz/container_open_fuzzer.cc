// Any bytes can be opened; what comes out stays within the limits. PDF documents are read by another program.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "container/container.h"

namespace {

struct Count : sluice::container::Visitor {
  void entry(std::string_view, std::string_view bytes) override { size += bytes.size(); }
  void limited(std::string) override {}
  void unreadable(std::string) override {}
  std::size_t size = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (sluice::container::kind_of(bytes) == sluice::container::Kind::pdf) return 0;
  sluice::container::Limits limits;
  limits.bytes = limits.entry_bytes = 1u << 22;
  limits.entries = 100;
  sluice::container::Budget budget(limits);
  Count count;
  (void)sluice::container::open(bytes, budget, count);
  if (count.size > 2 * limits.bytes) std::abort();
  return 0;
}
