#include <cstddef>
#include <cstdint>
#include <string_view>

#include "deploy/hcl.h"
#include "deploy/iam.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto& attribute : sluice::deploy::read_hcl(text))
    if (attribute.line == 0 || attribute.name.empty()) __builtin_trap();
  for (const auto& block : sluice::deploy::read_hcl_blocks(text))
    if (block.line == 0) __builtin_trap();
  for (const auto& statement : sluice::deploy::read_iam_statements(text))
    if (statement.line == 0 || statement.actions.empty()) __builtin_trap();
  return 0;
}
