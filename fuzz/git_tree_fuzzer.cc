#include <cstddef>
#include <cstdint>
#include <string_view>

#include "git/tree.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto entries = sluice::git::parse_tree(bytes);
  if (!entries) return 0;
  std::size_t accounted = 0;
  for (const auto& entry : *entries) {
    accounted += entry.name.size() + sluice::git::Oid::size + 1;
    if (entry.name.data() < bytes.data() || entry.name.end() > bytes.end()) __builtin_trap();
  }
  if (accounted > size) __builtin_trap();
  return 0;
}
