// The first byte chooses the check; the rest is the secret.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "structure/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto all = sluice::structure::checks();
  const std::string_view secret(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto outcome = all[data[0] % all.size()].run(secret);
  // What is told of a secret goes into reports: it stays short.
  if (outcome.detail.size() > 200) std::abort();
  return 0;
}
