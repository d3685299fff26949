#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "git/large_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto pointer = sluice::git::parse_large_file_pointer(text);
  // The digits become a path: nothing else may.
  if (pointer && pointer->sha256.find_first_not_of("0123456789abcdef") != std::string::npos) std::abort();
  return 0;
}
