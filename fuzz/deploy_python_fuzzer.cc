#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "deploy/python.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  constexpr std::array<std::string_view, 2> names = {"get", "a.b"};
  for (const auto& call : sluice::deploy::read_python_calls(text, names)) {
    if (call.at.line == 0 || call.at.column == 0) __builtin_trap();
    for (const auto& argument : call.arguments)
      if (!argument.is_literal && !argument.text.empty()) __builtin_trap();
  }
  return 0;
}
