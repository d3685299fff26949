#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pack/big_endian.h"
#include "pack/mapped_file.h"
#include "pack/object_id.h"

namespace sluice::pack {

/// A pack's index (gitformat-pack, "pack-*.idx files"), version 1 or 2: the names in a pack,
/// sorted, and where each one's entry starts. All of it is validated when it is opened, so that
/// nothing can fail later. Positions count names, from 0. Move-only.
class PackIndex {
 public:
  /// Maps and validates `path`: its checksum, its size, the order of the fan-out and of the names,
  /// every 64-bit offset. Errors: as MappedFile::open; corrupt; unsupported (version).
  static Result<PackIndex> open(const std::string& path, HashAlgorithm algorithm);

  /// Maps `path` and checks what can be without reading all of it (its size, the fan-out): enough
  /// for looking up names, which then may be absent or have no offset where the file is damaged.
  /// Errors: as open.
  static Result<PackIndex> open_for_lookup(const std::string& path, HashAlgorithm algorithm);

  /// As open, for `bytes`, which must outlive this, without the checksum. `path` is for errors.
  static Result<PackIndex> parse(std::string_view bytes, const std::string& path,
                                 HashAlgorithm algorithm);

  HashAlgorithm algorithm() const { return algorithm_; }
  std::uint32_t count() const { return count_; }

  /// The raw name at `position`. Valid as long as this.
  std::string_view name(std::uint32_t position) const {
    return {names_ + std::size_t{position} * name_stride_, name_size(algorithm_)};
  }
  ObjectId id(std::uint32_t position) const {
    return ObjectId::from_raw(algorithm_, name(position).data());
  }

  /// Where the entry starts in the pack. Nothing says yet that the pack is as long. Not for an index
  /// that was opened for lookup.
  std::uint64_t offset(std::uint32_t position) const;

  /// As offset; nothing when the index is damaged there.
  std::optional<std::uint64_t> find_offset(std::uint32_t position) const;

  /// True when the index holds a CRC-32 of each entry's bytes (version 2 does).
  bool has_checksums() const { return checksums_ != nullptr; }
  std::uint32_t checksum(std::uint32_t position) const {
    return read_be32(checksums_ + std::size_t{position} * 4);
  }

  /// The position of a raw name of name_size(algorithm()) bytes.
  std::optional<std::uint32_t> find(std::string_view name) const;

  /// Positions of the names whose first byte is less than `byte`, which is 0 to 256.
  std::uint32_t first_position(unsigned byte) const {
    return byte == 0 ? 0 : read_be32(fan_out_ + std::size_t{byte - 1} * 4);
  }

  /// The checksum that the pack must end with.
  std::string_view pack_checksum() const {
    return bytes_.substr(bytes_.size() - 2 * name_size(algorithm_), name_size(algorithm_));
  }

 private:
  PackIndex() = default;
  Status place_tables(const std::string& path);
  Status validate_names(const std::string& path) const;
  Status validate_offsets(const std::string& path) const;
  void make_lookup_table();

  MappedFile file_;  // empty when parsed from bytes
  std::string_view bytes_;
  HashAlgorithm algorithm_ = HashAlgorithm::sha1;
  std::uint32_t count_ = 0;
  const char* fan_out_ = nullptr;
  const char* names_ = nullptr;
  std::size_t name_stride_ = 0;
  const char* offsets_ = nullptr;
  std::size_t offset_stride_ = 0;
  const char* checksums_ = nullptr;      // version 2 only
  const char* large_offsets_ = nullptr;  // version 2 only
  std::uint64_t large_count_ = 0;
  // A finer fan-out, over as many leading bits as leave a name or two to compare: position of the first
  // name that has at least these bits; one more than there are. Empty in an index for lookup.
  std::vector<std::uint32_t> first_of_prefix_;
  unsigned prefix_shift_ = 0;
};

}  // namespace sluice::pack
