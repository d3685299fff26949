#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sluice::pack {

/// The table of contents of a file in Git's chunk format (gitformat-chunk): its parts, by ids of four
/// bytes.
class ChunkTable {
 public:
  /// Reads the table of `rows` chunks that starts at `start` of `bytes`, which must outlive this; the last
  /// `trailer` bytes belong to no chunk. Errors: corrupt (cut short; chunks that are not in order, lie
  /// outside of the file or are there twice), worded to follow the name of the file, which is left out.
  static Result<ChunkTable> read(std::string_view bytes, std::size_t start, std::size_t rows,
                                 std::size_t trailer);

  /// The bytes of a chunk, or nothing when there is none.
  std::optional<std::string_view> find(std::string_view id) const;

 private:
  struct Chunk {
    std::string_view id;
    std::string_view bytes;
  };
  std::vector<Chunk> chunks_;
};

}  // namespace sluice::pack
