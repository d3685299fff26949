#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "pack/object_id.h"

namespace sluice::pack {

/// How an entry of a pack holds its object (gitformat-pack, "Object types").
enum class EntryType : std::uint8_t {
  commit = 1,
  tree = 2,
  blob = 3,
  tag = 4,
  offset_delta = 6,  ///< a delta against the entry at `base_offset`
  name_delta = 7,    ///< a delta against the object named `base_name`
};

/// The start of a pack entry.
struct EntryHeader {
  EntryType type = EntryType::blob;
  std::uint64_t size = 0;         ///< bytes of what is deflated: the object, or the delta
  std::size_t length = 0;         ///< bytes of the header itself; the zlib stream follows
  std::uint64_t base_offset = 0;  ///< of an offset_delta: absolute, smaller than the entry's own
  std::string_view base_name;     ///< of a name_delta: a view into the entry

  bool is_delta() const { return type >= EntryType::offset_delta; }
  /// The object's kind. Only for entries that are no delta.
  ObjectKind kind() const { return static_cast<ObjectKind>(type); }
};

/// Reads the header at the start of `entry`, an entry that starts `offset` bytes into its pack.
/// Errors: corrupt (cut short, an unknown type, numbers too great, a base not before the entry).
Result<EntryHeader> parse_entry(std::string_view entry, std::uint64_t offset,
                                HashAlgorithm algorithm);

}  // namespace sluice::pack
