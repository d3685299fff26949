#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pack/big_endian.h"
#include "pack/chunk_table.h"
#include "pack/mapped_file.h"
#include "pack/name_table.h"
#include "pack/object_id.h"

namespace sluice::pack {

/// How a commit-graph that cannot be used is made anew.
constexpr const char* commit_graph_remedy = "`git commit-graph write --reachable` makes it anew";

/// Of a commit-graph, or its chain, that cannot be used. For this room only.
tl::unexpected<Error> corrupt_commit_graph(std::string what, const std::string& path);

/// One commit-graph file (gitformat-commit-graph, version 1): names of commits, and of each its tree, its
/// parents, its time and its generation. Positions count the names of this file, from 0; parents are told
/// by their positions in the chain, in which the commits of the files below come first. Filters of
/// changed paths are not read. Move-only.
class CommitGraphFile {
 public:
  /// Maps `path` and proves its checksum. Errors: as MappedFile::open and parse.
  static Result<CommitGraphFile> open(const std::string& path, HashAlgorithm algorithm);

  /// Reads `bytes`, which must outlive this: the chunks and their sizes, the order of the names. `path`
  /// is for errors. Errors: corrupt; unsupported (another version or hash).
  static Result<CommitGraphFile> parse(std::string_view bytes, const std::string& path,
                                       HashAlgorithm algorithm);

  const std::string& path() const { return path_; }
  std::uint32_t count() const { return names_.count(); }

  /// The raw name at `position`, which is less than count(). Valid as long as this.
  std::string_view name(std::uint32_t position) const { return names_.name(position); }

  /// The position of a raw name.
  std::optional<std::uint32_t> find(std::string_view name) const { return names_.find(name); }

  /// The raw name of the commit's tree.
  std::string_view tree(std::uint32_t position) const { return {row(position), names_.name_size}; }

  /// The committer's seconds since 1970, of which the file keeps 34 bits.
  std::uint64_t time(std::uint32_t position) const {
    const char* at = row(position) + names_.name_size + 8;
    return std::uint64_t{read_be32(at) & 3U} << 32 | read_be32(at + 4);
  }

  /// The longest way to a commit without parents, that one and this counted; 0 when Git did not count.
  std::uint32_t level(std::uint32_t position) const {
    return read_be32(row(position) + names_.name_size + 8) >> 2;
  }

  bool has_corrected_dates() const { return !dates_.empty(); }

  /// The time, moved so far that it is later than every parent's; nothing when the file is damaged there.
  /// Call it when has_corrected_dates().
  std::optional<std::uint64_t> corrected_date(std::uint32_t position) const;

  /// Puts the parents' positions in the chain into `parents`. False when the file is damaged there.
  bool read_parents(std::uint32_t position, std::vector<std::uint32_t>& parents) const;

  /// How many numbers the list of further parents holds, which only merges of more than two have.
  std::size_t edge_count() const { return edges_.size() / 4; }

  /// The checksums of the files that this one builds upon, the lowest first.
  const std::vector<std::string_view>& bases() const { return bases_; }

  /// Its own.
  std::string_view checksum() const { return bytes_.substr(bytes_.size() - names_.name_size); }

 private:
  CommitGraphFile() = default;
  Status place_chunks(const ChunkTable& chunks);
  Status read_bases(const ChunkTable& chunks);
  tl::unexpected<Error> corrupt(std::string what) const;

  // Tree, two parents, level and time.
  std::size_t row_size() const { return names_.name_size + 16; }
  const char* row(std::uint32_t position) const { return rows_.data() + position * row_size(); }

  std::string path_;
  MappedFile file_;  // empty when parsed from bytes
  std::string_view bytes_;
  NameTable names_;
  std::string_view rows_;
  std::string_view edges_;
  std::string_view dates_;
  std::string_view large_dates_;
  std::vector<std::string_view> bases_;
};

}  // namespace sluice::pack
