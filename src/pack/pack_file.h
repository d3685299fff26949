#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "pack/mapped_file.h"
#include "pack/pack_index.h"

namespace sluice::pack {

/// A pack and its index, mapped. Entries are proven one by one when they are read (by the index's
/// CRC-32, the stream's Adler-32 and every size), so the pack's own checksum over all of its bytes
/// is only compared with the one the index names, not computed. Move-only.
class PackFile {
 public:
  /// Opens `path`, a .pack, and the .idx beside it. Errors: as MappedFile::open and
  /// PackIndex::open; corrupt (no pack, or not the one of this index, offsets beyond it);
  /// unsupported (version).
  static Result<PackFile> open(const std::string& path, HashAlgorithm algorithm);

  /// As open, with an index opened for lookup and no look at its offsets: find_entry() proves the one
  /// that is asked for. Errors: as open.
  static Result<PackFile> open_for_lookup(const std::string& path, HashAlgorithm algorithm);

  /// Where the entry of the object named `name` starts; nothing when the pack does not hold it, or the
  /// index says what cannot be.
  std::optional<std::uint64_t> find_entry(std::string_view name) const;

  const std::string& path() const { return path_; }
  const PackIndex& index() const { return index_; }

  /// The pack's bytes without its trailer: every offset of the index lies within. Valid as long as
  /// this.
  std::string_view entries() const { return entries_; }

 private:
  PackFile(std::string path, PackIndex index, MappedFile file);
  static Result<PackFile> make(const std::string& path, PackIndex index);
  Status validate() const;
  Status validate_offsets() const;

  std::string path_;
  PackIndex index_;
  MappedFile file_;
  std::string_view entries_;
};

}  // namespace sluice::pack
