#pragma once

// Packs that git would not write: every byte of an entry is the test's own, while indexes and
// checksums are right, so that it is the entries that must be found wanting.

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <libdeflate.h>

#include "pack/inflate.h"
#include "pack/object_id.h"
#include "support/git_repository.h"

namespace sluice::pack::testing {

inline std::string be32(std::uint64_t value) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift);
  return out;
}

inline std::string deflate(const std::string& bytes) {
  static auto* const compressor = libdeflate_alloc_compressor(6);
  std::string out(libdeflate_zlib_compress_bound(compressor, bytes.size()), '\0');
  out.resize(
      libdeflate_zlib_compress(compressor, bytes.data(), bytes.size(), out.data(), out.size()));
  return out;
}

/// The header of an entry of `type` that claims `size` bytes.
inline std::string entry_header(unsigned type, std::uint64_t size) {
  std::string out(1, static_cast<char>(type << 4 | (size & 15)));
  for (size >>= 4; size != 0; size >>= 7) {
    out.back() = static_cast<char>(out.back() | '\x80');
    out += static_cast<char>(size & 0x7f);
  }
  return out;
}

/// How an offset delta spells that its base starts `distance` bytes before it.
inline std::string distance_bytes(std::uint64_t distance) {
  std::string out(1, static_cast<char>(distance & 0x7f));
  while ((distance >>= 7) != 0) out.insert(0, 1, static_cast<char>(0x80 | (--distance & 0x7f)));
  return out;
}

/// A size as deltas spell it.
inline std::string delta_size(std::uint64_t size) {
  std::string out;
  for (; size > 0x7f; size >>= 7) out += static_cast<char>(0x80 | (size & 0x7f));
  return out + static_cast<char>(size);
}

/// A delta that makes `text` (at most 127 bytes) of any base of `base_size` bytes.
inline std::string inserting_delta(std::uint64_t base_size, const std::string& text) {
  return delta_size(base_size) + delta_size(text.size()) + static_cast<char>(text.size()) + text;
}

class PackWriter {
 public:
  /// Adds an entry under the name of a blob of `content`; returns its offset.
  std::uint64_t add(const std::string& content, const std::string& entry) {
    return add_named(hash_object(HashAlgorithm::sha1, ObjectKind::blob, content), entry);
  }

  std::uint64_t add_named(const ObjectId& id, const std::string& entry) {
    const std::uint64_t offset = entries_.size() + 12;
    rows_.push_back({std::string(id.raw()), crc32(entry), offset});
    entries_ += entry;
    return offset;
  }

  std::uint64_t add_blob(const std::string& content) {
    return add(content, entry_header(3, content.size()) + deflate(content));
  }

  /// A delta, making `content`, against the entry at `base`, of an object of `base_size` bytes.
  std::uint64_t add_delta(const std::string& content, std::uint64_t base, std::uint64_t base_size) {
    const std::string delta = inserting_delta(base_size, content);
    return add(content, entry_header(6, delta.size()) +
                            distance_bytes(entries_.size() + 12 - base) + deflate(delta));
  }

  /// As add_delta, with the base's name.
  std::uint64_t add_delta(const std::string& content, const std::string& base) {
    const std::string delta = inserting_delta(base.size(), content);
    const ObjectId id = hash_object(HashAlgorithm::sha1, ObjectKind::blob, base);
    return add(content, entry_header(7, delta.size()) + std::string(id.raw()) + deflate(delta));
  }

  std::uint64_t next_offset() const { return entries_.size() + 12; }

  std::string pack() const {
    const std::string bytes = "PACK" + be32(2) + be32(rows_.size()) + entries_;
    return bytes + trailer(bytes);
  }

  std::string index() const {
    std::vector<Row> rows = rows_;
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.name < b.name; });
    std::string bytes = "\377tOc" + be32(2);
    for (unsigned byte = 0; byte < 256; ++byte)
      bytes += be32(
          static_cast<std::uint64_t>(std::count_if(rows.begin(), rows.end(), [&](const Row& row) {
            return static_cast<unsigned char>(row.name[0]) <= byte;
          })));
    for (const Row& row : rows) bytes += row.name;
    for (const Row& row : rows) bytes += be32(row.checksum);
    for (const Row& row : rows) bytes += be32(row.offset);
    const std::string whole = pack();
    bytes += whole.substr(whole.size() - 20);
    return bytes + trailer(bytes);
  }

  /// Writes both to `objects_dir`/pack.
  void write(const std::string& objects_dir, const std::string& name = "pack-test") const {
    sluice::testing::write_whole(objects_dir + "/pack/" + name + ".pack", pack());
    sluice::testing::write_whole(objects_dir + "/pack/" + name + ".idx", index());
  }

 private:
  struct Row {
    std::string name;
    std::uint32_t checksum;
    std::uint64_t offset;
  };

  static std::string trailer(const std::string& bytes) {
    return std::string(hash_bytes(HashAlgorithm::sha1, bytes).raw());
  }

  std::string entries_;
  std::vector<Row> rows_;
};

}  // namespace sluice::pack::testing
