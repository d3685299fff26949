#include "pack/chunk_table.h"

#include <cstdint>

#include "pack/big_endian.h"

namespace sluice::pack {
namespace {

constexpr std::size_t row_size = 12;  // an id and where the chunk starts

}  // namespace

// One row more than there are chunks tells where the last one ends.
Result<ChunkTable> ChunkTable::read(std::string_view bytes, std::size_t start, std::size_t rows,
                                    std::size_t trailer) {
  const std::uint64_t first = start + (std::uint64_t{rows} + 1) * row_size;
  if (first + trailer > bytes.size()) return fail(ErrorKind::corrupt, "is cut short");
  const std::uint64_t end = bytes.size() - trailer;
  ChunkTable table;
  std::uint64_t last = first;
  for (std::size_t i = 0; i < rows; ++i) {
    const char* row = bytes.data() + start + i * row_size;
    const std::uint64_t from = read_be64(row + 4);
    const std::uint64_t to = read_be64(row + row_size + 4);
    if (from < last || to < from || to > end)
      return fail(ErrorKind::corrupt, "has chunks that are not in order");
    const std::string_view id(row, 4);
    if (table.find(id)) return fail(ErrorKind::corrupt, "has a chunk twice");
    table.chunks_.push_back({id, bytes.substr(from, to - from)});
    last = to;
  }
  return table;
}

std::optional<std::string_view> ChunkTable::find(std::string_view id) const {
  for (const Chunk& chunk : chunks_)
    if (chunk.id == id) return chunk.bytes;
  return std::nullopt;
}

}  // namespace sluice::pack
