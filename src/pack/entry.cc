#include "pack/entry.h"

namespace sluice::pack {
namespace {

tl::unexpected<Error> cut_short() {
  return fail(ErrorKind::corrupt, "the pack entry's header is cut short");
}

// How far before the entry its base starts. Every byte but the last also adds one at its place, so
// that no number has two spellings.
Result<std::uint64_t> parse_distance(std::string_view entry, std::size_t& at) {
  std::uint64_t distance = 0;
  for (bool first = true;; first = false) {
    if (at == entry.size()) return cut_short();
    const auto byte = static_cast<unsigned char>(entry[at++]);
    if (!first) {
      if (distance >= (std::uint64_t{1} << 56))
        return fail(ErrorKind::corrupt, "the pack entry's distance to its base is too great");
      distance = (distance + 1) << 7;
    }
    distance |= byte & 0x7f;
    if ((byte & 0x80) == 0) return distance;
  }
}

Status parse_base(std::string_view entry, std::uint64_t offset, HashAlgorithm algorithm,
                  EntryHeader& header) {
  if (header.type == EntryType::name_delta) {
    if (entry.size() - header.length < name_size(algorithm)) return cut_short();
    header.base_name = entry.substr(header.length, name_size(algorithm));
    header.length += name_size(algorithm);
    return {};
  }
  SLUICE_TRY_ASSIGN(const std::uint64_t distance, parse_distance(entry, header.length));
  if (distance == 0 || distance >= offset)
    return fail(ErrorKind::corrupt, "the pack entry's base does not lie before it");
  header.base_offset = offset - distance;
  return {};
}

}  // namespace

Result<EntryHeader> parse_entry(std::string_view entry, std::uint64_t offset,
                                HashAlgorithm algorithm) {
  if (entry.empty()) return cut_short();
  EntryHeader header;
  auto byte = static_cast<unsigned char>(entry[header.length++]);
  const unsigned type = byte >> 4 & 7;
  if (type == 0 || type == 5)
    return fail(ErrorKind::corrupt,
                "the pack entry is of the unknown type " + std::to_string(type));
  header.type = static_cast<EntryType>(type);
  header.size = byte & 0x0f;
  for (unsigned shift = 4; (byte & 0x80) != 0; shift += 7) {
    if (header.length == entry.size()) return cut_short();
    byte = static_cast<unsigned char>(entry[header.length++]);
    const std::uint64_t bits = byte & 0x7f;
    if (shift > 60 || bits << shift >> shift != bits)
      return fail(ErrorKind::corrupt, "the pack entry's size is too great");
    header.size |= bits << shift;
  }
  if (header.is_delta()) SLUICE_TRY(parse_base(entry, offset, algorithm, header));
  return header;
}

}  // namespace sluice::pack
