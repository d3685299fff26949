#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "pack/entry.h"
#include "pack/inflate.h"

using namespace sluice::pack;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::uint64_t offset = 100'000;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  for (const HashAlgorithm algorithm : {HashAlgorithm::sha1, HashAlgorithm::sha256}) {
    const auto header = parse_entry(bytes, offset, algorithm);
    if (!header) continue;
    if (header->length > size) std::abort();
    if (header->type == EntryType::offset_delta &&
        (header->base_offset == 0 || header->base_offset >= offset))
      std::abort();
    if (header->type == EntryType::name_delta && header->base_name.size() != name_size(algorithm))
      std::abort();
    const std::string_view stream = std::string_view(bytes).substr(header->length);
    if (header->size > (1 << 20) || !can_inflate_to(stream.size(), header->size)) continue;
    Inflater inflater;
    std::string out(header->size, '\0');
    static_cast<void>(inflater.exactly(stream, out.data(), out.size()));
  }
  return 0;
}
