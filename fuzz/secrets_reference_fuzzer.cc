#include <cstddef>
#include <cstdint>
#include <string_view>

#include "secrets/placeholder.h"
#include "secrets/reference.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sluice::secrets;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)is_placeholder(text);
  const auto reference = parse_reference(text);
  if (!reference) return 0;
  const auto again = parse_reference(reference->to_string());
  if (!again || !(*again == *reference)) __builtin_trap();
  return 0;
}
