#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "rules/template.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  (void)sluice::rules::expand_template(input, "seed");
  return 0;
}
