#pragma once

#include <cstddef>
#include <cstdint>
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

  const std::string& path() const { return path_; }
  const PackIndex& index() const { return index_; }

  /// The pack's bytes without its trailer: every offset of the index lies within. Valid as long as
  /// this.
  std::string_view entries() const { return entries_; }

 private:
  PackFile(std::string path, PackIndex index, MappedFile file);
  Status validate() const;

  std::string path_;
  PackIndex index_;
  MappedFile file_;
  std::string_view entries_;
};

}  // namespace sluice::pack
