#include "pack/name_table.h"

#include "pack/name_order.h"

namespace sluice::pack {
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
      if (position > 0 && compare_names(at - name_size, at, name_size) >= 0) return false;
    }
  }
  return true;
}

std::optional<std::uint32_t> NameTable::find(std::string_view wanted) const {
  const auto byte = static_cast<unsigned char>(wanted[0]);
  const std::uint32_t low = byte == 0 ? 0 : read_be32(fan_out.data() + (byte - 1U) * 4);
  const std::uint32_t high = read_be32(fan_out.data() + byte * std::size_t{4});
  return find_name(low, high, wanted, [this](std::uint32_t position) { return name(position).data(); });
}

}  // namespace sluice::pack
