#include "pack/multi_pack_index.h"

#include "pack/big_endian.h"

namespace sluice::pack {
namespace {

constexpr std::size_t header_size = 12;
constexpr std::uint32_t large_flag = 0x80000000U;

tl::unexpected<Error> corrupt(std::string what, const std::string& path) {
  return fail(ErrorKind::corrupt, "the multi-pack-index " + std::move(what), path,
              "`git multi-pack-index write` makes it anew");
}

tl::unexpected<Error> unsupported(std::string what, const std::string& path) {
  return fail(ErrorKind::unsupported, "the multi-pack-index " + std::move(what), path);
}

Result<std::string_view> chunk(const ChunkTable& chunks, std::string_view id, std::uint64_t size,
                               const std::string& path) {
  const auto found = chunks.find(id);
  if (!found) return corrupt("lacks its " + std::string(id) + " chunk", path);
  if (found->size() < size) return corrupt("has a " + std::string(id) + " chunk that is cut short", path);
  return *found;
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
  if (bytes.size() < header_size + name_size(algorithm)) return corrupt("is cut short", path);
  if (bytes.substr(0, 4) != "MIDX") return corrupt("does not start as such files do", path);
  if (bytes[4] != 1) return unsupported("is of another version", path);
  if (bytes[5] != (algorithm == HashAlgorithm::sha1 ? 1 : 2))
    return unsupported("is for names of another hash", path);
  if (bytes[7] != 0) return unsupported("is one of a chain", path);
  const std::size_t rows = static_cast<unsigned char>(bytes[6]);
  const auto chunks = ChunkTable::read(bytes, header_size, rows, name_size(algorithm));
  if (!chunks) return corrupt(chunks.error().what, path);
  MultiPackIndex index;
  index.names_.name_size = name_size(algorithm);
  SLUICE_TRY(index.place_chunks(*chunks, path));
  const std::uint32_t packs = read_be32(bytes.data() + 8);
  SLUICE_TRY_ASSIGN(const std::string_view names, chunk(*chunks, "PNAM", packs, path));
  SLUICE_TRY(index.read_pack_names(names, packs, path));
  return index;
}

Status MultiPackIndex::place_chunks(const ChunkTable& chunks, const std::string& path) {
  SLUICE_TRY_ASSIGN(names_.fan_out, chunk(chunks, "OIDF", NameTable::fan_out_size, path));
  if (!names_.is_fan_out_in_order()) return corrupt("has a fan-out table that is not in order", path);
  const std::uint64_t count = names_.count();
  SLUICE_TRY_ASSIGN(names_.names, chunk(chunks, "OIDL", count * names_.name_size, path));
  SLUICE_TRY_ASSIGN(offsets_, chunk(chunks, "OOFF", count * 8, path));
  if (const auto large = chunks.find("LOFF")) large_offsets_ = *large;
  return {};
}

Status MultiPackIndex::read_pack_names(std::string_view names, std::uint32_t count,
                                       const std::string& path) {
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
  const auto position = names_.find(wanted);
  return position ? place_at(*position) : std::nullopt;
}

}  // namespace sluice::pack
