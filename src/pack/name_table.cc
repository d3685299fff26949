#include "pack/name_table.h"

#include <cstring>

namespace sluice::pack {
namespace {

// Names nearly always differ in their first eight bytes.
bool rises(const char* before, const char* after, std::size_t size) {
  const std::uint64_t a = read_be64(before);
  const std::uint64_t b = read_be64(after);
  return a != b ? a < b : std::memcmp(before, after, size) < 0;
}

}  // namespace

bool NameTable::is_fan_out_in_order() const {
  for (std::size_t i = 1; i < 256; ++i)
    if (read_be32(fan_out.data() + i * 4) < read_be32(fan_out.data() + (i - 1) * 4)) return false;
  return true;
}

bool NameTable::is_in_order() const {
  if (!is_fan_out_in_order()) return false;
  std::uint32_t position = 0;
  for (unsigned byte = 0; byte < 256; ++byte) {
    const std::uint32_t end = read_be32(fan_out.data() + std::size_t{byte} * 4);
    for (; position < end; ++position) {
      if (static_cast<unsigned char>(names[position * name_size]) != byte) return false;
      const char* at = names.data() + position * name_size;
      if (position > 0 && !rises(at - name_size, at, name_size)) return false;
    }
  }
  return true;
}

std::optional<std::uint32_t> NameTable::find(std::string_view wanted) const {
  const auto byte = static_cast<unsigned char>(wanted[0]);
  std::uint32_t low = byte == 0 ? 0 : read_be32(fan_out.data() + (byte - 1U) * 4);
  std::uint32_t high = read_be32(fan_out.data() + byte * std::size_t{4});
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    const int order = name(middle).compare(wanted);
    if (order == 0) return middle;
    if (order < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return std::nullopt;
}

}  // namespace sluice::pack
