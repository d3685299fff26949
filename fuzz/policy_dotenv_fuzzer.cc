#include <cstddef>
#include <cstdint>
#include <string_view>

#include "policy/dotenv_line.h"
#include "policy/placeholder.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  const auto read = sluice::policy::read_assignment(line);
  if (!read) return 0;
  (void)sluice::policy::names_secret(read->key);
  (void)sluice::policy::looks_real(read->value);
  if (sluice::policy::url_password(read->value).size() > read->value.size()) __builtin_trap();
  return 0;
}
