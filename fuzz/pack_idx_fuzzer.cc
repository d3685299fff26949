#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "pack/pack_index.h"

using namespace sluice::pack;

// Whatever is accepted must answer every question about every one of its names.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const HashAlgorithm algorithm : {HashAlgorithm::sha1, HashAlgorithm::sha256}) {
    const auto index = PackIndex::parse(bytes, "fuzz", algorithm);
    if (!index) {
      if (index.error().where.empty()) std::abort();
      continue;
    }
    std::uint64_t sum = 0;
    for (std::uint32_t i = 0; i < index->count(); ++i) {
      const auto found = index->find(index->name(i));
      if (!found || index->name(*found) != index->name(i)) std::abort();
      sum += index->offset(i) + (index->has_checksums() ? index->checksum(i) : 0);
    }
    if (sum == 1 && index->pack_checksum().empty()) std::abort();
  }
  return 0;
}
