#include <cstddef>
#include <cstdint>
#include <string_view>

#include "deploy/workflow.h"
#include "policy/dockerfile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto& instruction : sluice::policy::read_dockerfile(text))
    (void)sluice::policy::read_assignments(instruction.arguments, true);
  for (const auto& use : sluice::deploy::secret_uses(text))
    if (use.end > size || use.offset >= use.end) __builtin_trap();
  return 0;
}
