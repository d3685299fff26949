#include <cstddef>
#include <cstdint>
#include <string_view>

#include "git/tree.h"

using sluice::git::HashAlgorithm;

namespace {

void try_as(std::string_view bytes, HashAlgorithm algorithm) {
  const auto entries = sluice::git::parse_tree(bytes, algorithm);
  if (!entries) return;
  std::size_t accounted = 0;
  for (const auto& entry : *entries) {
    accounted += entry.name.size() + sluice::pack::name_size(algorithm) + 1;
    if (entry.name.data() < bytes.data() || entry.name.end() > bytes.end()) __builtin_trap();
  }
  if (accounted > bytes.size()) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const auto algorithm : {HashAlgorithm::sha1, HashAlgorithm::sha256}) try_as(bytes, algorithm);
  return 0;
}
