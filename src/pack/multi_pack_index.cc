#include "pack/multi_pack_index.h"

#include <algorithm>

#include "pack/big_endian.h"

namespace sluice::pack {
namespace {

constexpr std::size_t header_size = 12;
constexpr std::size_t toc_row_size = 12;  // an id and where the chunk starts
constexpr std::size_t fan_out_size = std::size_t{256} * 4;
constexpr std::uint32_t large_flag = 0x80000000U;

tl::unexpected<Error> corrupt(std::string what, const std::string& path) {
  return fail(ErrorKind::corrupt, "the multi-pack-index " + std::move(what), path,
              "`git multi-pack-index write` makes it anew");
}

tl::unexpected<Error> unsupported(std::string what, const std::string& path) {
  return fail(ErrorKind::unsupported, "the multi-pack-index " + std::move(what), path);
}

}  // namespace

Result<MultiPackIndex> MultiPackIndex::open(const std::string& path, HashAlgorithm algorithm) {
  SLUICE_TRY_ASSIGN(MappedFile file, MappedFile::open(path));
  SLUICE_TRY_ASSIGN(MultiPackIndex index, parse(file.bytes(), path, algorithm));
  index.file_ = std::move(file);
  return index;
}

Result<MultiPackIndex> MultiPackIndex::parse(std::string_view bytes, const std::string& path,
                                             HashAlgorithm algorithm) {
  MultiPackIndex index;
  index.bytes_ = bytes;
  index.algorithm_ = algorithm;
  if (bytes.size() < header_size + name_size(algorithm)) return corrupt("is cut short", path);
  if (bytes.substr(0, 4) != "MIDX") return corrupt("does not start as such files do", path);
  if (bytes[4] != 1) return unsupported("is of another version", path);
  if (bytes[5] != (algorithm == HashAlgorithm::sha1 ? 1 : 2))
    return unsupported("is for names of another hash", path);
  if (bytes[7] != 0) return unsupported("is one of a chain", path);
  SLUICE_TRY(index.read_chunks(path));
  SLUICE_TRY(index.place_chunks(path));
  return index;
}

// The table of contents: a row for each chunk, and one that says where the last one ends.
Status MultiPackIndex::read_chunks(const std::string& path) {
  const auto rows = static_cast<std::size_t>(static_cast<unsigned char>(bytes_[6]));
  const std::uint64_t end = bytes_.size() - name_size(algorithm_);
  const std::uint64_t first = header_size + (rows + 1) * toc_row_size;
  if (first > end) return corrupt("is cut short", path);
  std::uint64_t last = first;
  for (std::size_t i = 0; i < rows; ++i) {
    const char* row = bytes_.data() + header_size + i * toc_row_size;
    const std::uint64_t from = read_be64(row + 4);
    const std::uint64_t to = read_be64(row + toc_row_size + 4);
    if (from < last || to < from || to > end)
      return corrupt("has chunks that are not in order", path);
    chunks_.push_back({{row, 4}, bytes_.substr(from, to - from)});
    last = to;
  }
  return {};
}

Result<std::string_view> MultiPackIndex::chunk(std::string_view id, std::uint64_t size,
                                               const std::string& path) const {
  const auto found = std::find_if(chunks_.begin(), chunks_.end(),
                                  [&](const Chunk& chunk) { return chunk.id == id; });
  if (found == chunks_.end()) return corrupt("lacks its " + std::string(id) + " chunk", path);
  if (found->bytes.size() < size)
    return corrupt("has a " + std::string(id) + " chunk that is cut short", path);
  return found->bytes;
}

Status MultiPackIndex::place_chunks(const std::string& path) {
  SLUICE_TRY_ASSIGN(fan_out_, chunk("OIDF", fan_out_size, path));
  for (std::size_t i = 1; i < 256; ++i) {
    if (read_be32(fan_out_.data() + i * 4) < read_be32(fan_out_.data() + (i - 1) * 4))
      return corrupt("has a fan-out table that is not in order", path);
  }
  count_ = read_be32(fan_out_.data() + fan_out_size - 4);
  SLUICE_TRY_ASSIGN(names_, chunk("OIDL", std::uint64_t{count_} * name_size(algorithm_), path));
  SLUICE_TRY_ASSIGN(offsets_, chunk("OOFF", std::uint64_t{count_} * 8, path));
  if (const auto large = chunk("LOFF", 0, path)) large_offsets_ = *large;
  return read_pack_names(read_be32(bytes_.data() + 8), path);
}

Status MultiPackIndex::read_pack_names(std::uint32_t count, const std::string& path) {
  SLUICE_TRY_ASSIGN(std::string_view names, chunk("PNAM", count, path));
  packs_.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::size_t end = names.find('\0');
    if (end == std::string_view::npos || end == 0)
      return corrupt("names fewer packs than it says", path);
    const std::string_view name = names.substr(0, end);
    if (name.find('/') != std::string_view::npos || !name.ends_with(".idx"))
      return corrupt("names what is no pack", path);
    packs_.push_back(name);
    names.remove_prefix(end + 1);
  }
  return {};
}

std::optional<MultiPackIndex::Place> MultiPackIndex::place_at(std::uint32_t position) const {
  const char* row = offsets_.data() + std::size_t{position} * 8;
  Place place{read_be32(row), read_be32(row + 4)};
  if (place.pack >= packs_.size()) return std::nullopt;
  const auto number = static_cast<std::uint32_t>(place.offset);
  if (large_offsets_.empty() || (number & large_flag) == 0) return place;
  const std::size_t large = number & ~large_flag;
  if (large >= large_offsets_.size() / 8) return std::nullopt;
  place.offset = read_be64(large_offsets_.data() + large * 8);
  return place;
}

std::optional<MultiPackIndex::Place> MultiPackIndex::find(std::string_view wanted) const {
  const auto byte = static_cast<unsigned char>(wanted[0]);
  std::uint32_t low = byte == 0 ? 0 : read_be32(fan_out_.data() + (byte - 1U) * 4);
  std::uint32_t high = read_be32(fan_out_.data() + byte * std::size_t{4});
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    const int order = name(middle).compare(wanted);
    if (order == 0) return place_at(middle);
    if (order < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return std::nullopt;
}

}  // namespace sluice::pack
