#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "pack/big_endian.h"

namespace sluice::pack {

/// Raw names one after the other, sorted, with a fan-out table: 256 numbers that count the names whose
/// first byte is at most so much (gitformat-pack). Views of a file's chunks.
struct NameTable {
  static constexpr std::size_t fan_out_size = std::size_t{256} * 4;

  std::string_view fan_out;   ///< fan_out_size bytes
  std::string_view names;     ///< count() * name_size bytes
  std::size_t name_size = 0;  ///< bytes in a name

  /// How many names there are.
  std::uint32_t count() const { return read_be32(fan_out.data() + fan_out_size - 4); }

  std::string_view name(std::uint32_t position) const {
    return names.substr(std::size_t{position} * name_size, name_size);
  }

  /// True when the fan-out never falls: find() reads no name that is not there then.
  bool is_fan_out_in_order() const;

  /// True when, beyond that, the names rise and the fan-out counts them: find() finds each one then.
  bool is_in_order() const;

  /// The position of a name of name_size bytes.
  std::optional<std::uint32_t> find(std::string_view wanted) const;
};

}  // namespace sluice::pack
