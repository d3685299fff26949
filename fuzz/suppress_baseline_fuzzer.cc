#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "suppress/baseline.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  (void)sluice::suppress::Baseline::parse(input, "fuzz");
  return 0;
}
