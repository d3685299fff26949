#include "pack/pack_index.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "pack/name_order.h"

namespace sluice::pack {
namespace {

constexpr std::string_view signature("\377tOc",
                                     4);  // version 1 has none: it starts with the fan-out
constexpr std::size_t fan_out_size = std::size_t{256} * 4;
constexpr std::uint32_t large_flag = 0x80000000U;

tl::unexpected<Error> corrupt(std::string what, const std::string& path) {
  return fail(ErrorKind::corrupt, "the pack index " + std::move(what), path,
              "run `git fsck`; `git index-pack` makes an index anew from its pack");
}

Status validate_fan_out(const char* fan_out, const std::string& path) {
  for (std::size_t i = 1; i < 256; ++i) {
    if (read_be32(fan_out + i * 4) < read_be32(fan_out + (i - 1) * 4))
      return corrupt("has a fan-out table that is not in order", path);
  }
  return {};
}

}  // namespace

Result<PackIndex> PackIndex::open(const std::string& path, HashAlgorithm algorithm) {
  SLUICE_TRY_ASSIGN(MappedFile file, MappedFile::open(path));
  SLUICE_TRY_ASSIGN(PackIndex index, parse(file.bytes(), path, algorithm));
  const std::size_t hash = name_size(algorithm);
  const std::string_view bytes = file.bytes();
  const ObjectId actual = hash_bytes(algorithm, bytes.substr(0, bytes.size() - hash));
  if (actual.raw() != bytes.substr(bytes.size() - hash))
    return corrupt("does not match its own checksum", path);
  index.file_ = std::move(file);
  return index;
}

Result<PackIndex> PackIndex::open_for_lookup(const std::string& path, HashAlgorithm algorithm) {
  SLUICE_TRY_ASSIGN(MappedFile file, MappedFile::open(path));
  PackIndex index;
  index.bytes_ = file.bytes();
  index.algorithm_ = algorithm;
  SLUICE_TRY(index.place_tables(path));
  index.file_ = std::move(file);
  return index;
}

Result<PackIndex> PackIndex::parse(std::string_view bytes, const std::string& path,
                                   HashAlgorithm algorithm) {
  PackIndex index;
  index.bytes_ = bytes;
  index.algorithm_ = algorithm;
  SLUICE_TRY(index.place_tables(path));
  SLUICE_TRY(index.validate_names(path));
  SLUICE_TRY(index.validate_offsets(path));
  index.make_lookup_table();
  return index;
}

// All sums fit 64 bits: the count has 32.
Status PackIndex::place_tables(const std::string& path) {
  const bool versioned = bytes_.substr(0, 4) == signature;
  const std::size_t start = versioned ? 8 : 0;
  const std::uint64_t hash = name_size(algorithm_);
  if (bytes_.size() < start + fan_out_size + 2 * hash) return corrupt("is cut short", path);
  if (versioned && read_be32(bytes_.data() + 4) != 2) {
    const std::string version = std::to_string(read_be32(bytes_.data() + 4));
    return fail(ErrorKind::unsupported, "the pack index is of version " + version, path);
  }
  fan_out_ = bytes_.data() + start;
  SLUICE_TRY(validate_fan_out(fan_out_, path));
  count_ = read_be32(fan_out_ + fan_out_size - 4);

  const std::uint64_t entry = hash + (versioned ? 8 : 4);
  const std::uint64_t least = start + fan_out_size + count_ * entry + 2 * hash;
  if (bytes_.size() < least) return corrupt("is cut short", path);
  const std::uint64_t rest = bytes_.size() - least;
  const char* tables = fan_out_ + fan_out_size;
  if (!versioned) {
    if (rest != 0) return corrupt("is longer than its names need", path);
    offsets_ = tables;
    names_ = tables + 4;
    name_stride_ = offset_stride_ = entry;
    return {};
  }
  if (rest % 8 != 0 || rest / 8 > count_) return corrupt("is longer than its names need", path);
  names_ = tables;
  name_stride_ = hash;
  checksums_ = names_ + count_ * hash;
  offsets_ = checksums_ + std::uint64_t{count_} * 4;
  offset_stride_ = 4;
  large_offsets_ = offsets_ + std::uint64_t{count_} * 4;
  large_count_ = rest / 8;
  return {};
}

// Equal neighbours are allowed: a pack may hold an object twice (Git reads such packs, too).
Status PackIndex::validate_names(const std::string& path) const {
  for (std::uint32_t i = 1; i < count_; ++i) {
    if (name(i - 1) > name(i)) return corrupt("has names that are not in order", path);
  }
  for (unsigned byte = 0; byte < 256; ++byte) {
    const std::uint32_t begin = first_position(byte);
    const std::uint32_t end = first_position(byte + 1);
    if (begin == end) continue;
    const auto first = static_cast<unsigned char>(name(begin)[0]);
    const auto last = static_cast<unsigned char>(name(end - 1)[0]);
    if (first != byte || last != byte)
      return corrupt("has a fan-out table that contradicts its names", path);
  }
  return {};
}

Status PackIndex::validate_offsets(const std::string& path) const {
  if (checksums_ == nullptr) return {};
  for (std::uint32_t i = 0; i < count_; ++i) {
    const std::uint32_t small = read_be32(offsets_ + std::size_t{i} * 4);
    if ((small & large_flag) != 0 && (small & ~large_flag) >= large_count_)
      return corrupt("names a 64-bit offset that it does not hold", path);
  }
  return {};
}

void PackIndex::make_lookup_table() {
  const unsigned bits = std::clamp(static_cast<unsigned>(std::bit_width(count_)), 8U, 24U);
  prefix_shift_ = 32 - bits;
  first_of_prefix_.resize((std::size_t{1} << bits) + 1);
  std::size_t prefix = 0;
  for (std::uint32_t i = 0; i < count_; ++i) {
    const std::uint32_t own = read_be32(name(i).data()) >> prefix_shift_;
    while (prefix <= own) first_of_prefix_[prefix++] = i;
  }
  while (prefix < first_of_prefix_.size()) first_of_prefix_[prefix++] = count_;
}

std::uint64_t PackIndex::offset(std::uint32_t position) const {
  const std::uint32_t small = read_be32(offsets_ + position * offset_stride_);
  if (large_offsets_ == nullptr || (small & large_flag) == 0) return small;
  return read_be64(large_offsets_ + std::size_t{small & ~large_flag} * 8);
}

std::optional<std::uint64_t> PackIndex::find_offset(std::uint32_t position) const {
  const std::uint32_t small = read_be32(offsets_ + position * offset_stride_);
  const bool is_large = large_offsets_ != nullptr && (small & large_flag) != 0;
  if (is_large && (small & ~large_flag) >= large_count_) return std::nullopt;
  return offset(position);
}

std::optional<std::uint32_t> PackIndex::find(std::string_view wanted) const {
  const auto byte = static_cast<unsigned char>(wanted[0]);
  std::uint32_t low = first_position(byte);
  std::uint32_t high = first_position(byte + 1U);
  if (!first_of_prefix_.empty()) {
    const std::uint32_t prefix = read_be32(wanted.data()) >> prefix_shift_;
    low = first_of_prefix_[prefix];
    high = first_of_prefix_[prefix + 1];
  }
  return find_name(low, high, wanted, [this](std::uint32_t position) { return name(position).data(); });
}

}  // namespace sluice::pack
