#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pack/chunk_table.h"
#include "pack/mapped_file.h"
#include "pack/name_table.h"
#include "pack/object_id.h"

namespace sluice::pack {

/// One index over many packs (gitformat-pack, "multi-pack-index"), version 1: which pack holds an
/// object, and where. For lookups; what cannot be trusted without reading all of the file (the order of
/// the names, the checksum) is not proven, so an object may seem absent where the file is damaged, but
/// nothing outside of it is ever read. Move-only.
class MultiPackIndex {
 public:
  /// Maps `path`, an object directory's pack/multi-pack-index.
  /// Errors: as MappedFile::open; corrupt; unsupported (another version or hash, a chain of files).
  static Result<MultiPackIndex> open(const std::string& path, HashAlgorithm algorithm);

  /// As open, for `bytes`, which must outlive this. `path` is for errors.
  static Result<MultiPackIndex> parse(std::string_view bytes, const std::string& path,
                                      HashAlgorithm algorithm);

  /// File names of the packs' indexes (`pack-<checksum>.idx`), in the order of their numbers. Valid as
  /// long as this.
  const std::vector<std::string_view>& packs() const { return packs_; }

  std::uint32_t count() const { return names_.count(); }

  /// The raw name at `position`, which is less than count().
  std::string_view name(std::uint32_t position) const { return names_.name(position); }

  struct Place {
    std::uint32_t pack = 0;    ///< less than packs().size()
    std::uint64_t offset = 0;  ///< nothing says that the pack is as long
  };

  /// Where the object with this raw name is; nothing when it is not named, or the file is damaged
  /// there.
  std::optional<Place> find(std::string_view name) const;

 private:
  MultiPackIndex() = default;
  Status place_chunks(const ChunkTable& chunks, const std::string& path);
  Status read_pack_names(std::string_view names, std::uint32_t count, const std::string& path);
  std::optional<Place> place_at(std::uint32_t position) const;

  MappedFile file_;  // empty when parsed from bytes
  std::vector<std::string_view> packs_;
  NameTable names_;
  std::string_view offsets_;
  std::string_view large_offsets_;
};

}  // namespace sluice::pack
