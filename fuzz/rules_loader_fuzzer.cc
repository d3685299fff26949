#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "rules/loader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  sluice::rules::RuleSet set;
  const auto errors = sluice::rules::load_rules(input, "fuzz.yaml", set);
  if (!errors.empty() && set.size() != 0) __builtin_trap();
  return 0;
}
