#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/policy_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto policy = sluice::app::parse_policy(input, "fuzz.yaml");
  if (!policy && policy.error().empty()) __builtin_trap();
  return 0;
}
