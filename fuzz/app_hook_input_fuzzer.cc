#include <cstddef>
#include <cstdint>
#include <string_view>

#include "app/ci_hook_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  (void)sluice::app::read_pre_push(input, "origin");
  const auto received = sluice::app::read_pre_receive(input);
  // A hook that was given no ref must never come out with something to look at, nor silently with nothing.
  if (received && received->kind == sluice::app::CiEvent::Kind::updates && received->updates.empty()) {
    __builtin_trap();
  }
  return 0;
}
