#include "pack/pack_file.h"

namespace sluice::pack {
namespace {

constexpr std::size_t header_size = 12;

tl::unexpected<Error> corrupt(std::string what, const std::string& path) {
  return fail(ErrorKind::corrupt, "the pack " + std::move(what), path, "run `git fsck`");
}

}  // namespace

PackFile::PackFile(std::string path, PackIndex index, MappedFile file)
    : path_(std::move(path)), index_(std::move(index)), file_(std::move(file)) {}

Result<PackFile> PackFile::open(const std::string& path, HashAlgorithm algorithm) {
  const std::string stem = path.substr(0, path.rfind('.'));
  SLUICE_TRY_ASSIGN(PackIndex index, PackIndex::open(stem + ".idx", algorithm));
  SLUICE_TRY_ASSIGN(PackFile pack, make(path, std::move(index)));
  SLUICE_TRY(pack.validate_offsets());
  return pack;
}

Result<PackFile> PackFile::open_for_lookup(const std::string& path, HashAlgorithm algorithm) {
  const std::string stem = path.substr(0, path.rfind('.'));
  SLUICE_TRY_ASSIGN(PackIndex index, PackIndex::open_for_lookup(stem + ".idx", algorithm));
  return make(path, std::move(index));
}

Result<PackFile> PackFile::make(const std::string& path, PackIndex index) {
  SLUICE_TRY_ASSIGN(MappedFile file, MappedFile::open(path));
  PackFile pack(path, std::move(index), std::move(file));
  SLUICE_TRY(pack.validate());
  const std::string_view bytes = pack.file_.bytes();
  pack.entries_ = bytes.substr(0, bytes.size() - name_size(pack.index_.algorithm()));
  return pack;
}

std::optional<std::uint64_t> PackFile::find_entry(std::string_view name) const {
  const auto position = index_.find(name);
  const auto offset = position ? index_.find_offset(*position) : std::nullopt;
  if (!offset || *offset < header_size || *offset >= entries_.size()) return std::nullopt;
  return offset;
}

Status PackFile::validate() const {
  const std::string_view bytes = file_.bytes();
  const std::size_t hash = name_size(index_.algorithm());
  if (bytes.size() < header_size + hash) return corrupt("is cut short", path_);
  if (bytes.substr(0, 4) != "PACK") return corrupt("does not start as packs do", path_);
  const std::uint32_t version = read_be32(bytes.data() + 4);
  if (version != 2 && version != 3)
    return fail(ErrorKind::unsupported, "the pack is of version " + std::to_string(version), path_);
  if (read_be32(bytes.data() + 8) != index_.count())
    return corrupt("holds another number of objects than its index", path_);
  if (bytes.substr(bytes.size() - hash) != index_.pack_checksum())
    return corrupt("is not the one its index was made for, or is cut short", path_);
  return {};
}

Status PackFile::validate_offsets() const {
  for (std::uint32_t i = 0; i < index_.count(); ++i) {
    const std::uint64_t offset = index_.offset(i);
    if (offset < header_size || offset >= entries_.size())
      return corrupt("is shorter than its index says", path_);
  }
  return {};
}

}  // namespace sluice::pack
