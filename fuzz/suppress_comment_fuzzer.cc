#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "suppress/allow_comment.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto half = input.size() / 2;
  (void)sluice::suppress::find_allow_comment("rule", input.substr(0, half), input.substr(half));
  return 0;
}
