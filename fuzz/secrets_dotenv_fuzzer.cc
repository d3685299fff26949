#include <cstddef>
#include <cstdint>
#include <string_view>

#include "secrets/dotenv.h"
#include "secrets/variables.h"

// What is read and written again must read the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sluice::secrets;
  const auto entries = parse_dotenv({reinterpret_cast<const char*>(data), size}, ".env");
  if (!entries) return 0;
  std::vector<Variable> variables;
  for (const DotenvEntry& entry : *entries)
    variables.push_back({entry.key, entry.key, entry.value, true});
  const auto again = parse_dotenv(reveal(render_env(variables)), ".env");
  if (!again || again->size() != entries->size()) __builtin_trap();
  for (std::size_t i = 0; i < again->size(); ++i)
    if ((*again)[i].key != (*entries)[i].key || (*again)[i].value != (*entries)[i].value)
      __builtin_trap();
  return 0;
}
