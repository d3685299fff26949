#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "pack/loose.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::uint64_t limit = 1 << 20;
  const std::string file(reinterpret_cast<const char*>(data), size);
  sluice::pack::Inflater inflater;
  const auto content = sluice::pack::parse_loose(file, limit, inflater);
  if (!content) return 0;
  if (content->bytes.size() > limit) std::abort();
  if (sluice::pack::to_string(content->kind) == "unknown") std::abort();
  return 0;
}
