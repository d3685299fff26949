#include "structure/openpgp.h"

#include <optional>
#include <string>

#include "base/radix.h"
#include "structure/byte_reader.h"
#include "structure/checksum.h"

namespace sluice::structure {
namespace {

struct Packet {
  std::uint32_t type = 0;
  std::string_view body;
};

const Outcome not_parsed{Verdict::unproven, "it does not parse as OpenPGP"};

std::optional<std::uint32_t> new_length(ByteReader& reader) {
  const auto first = reader.big8();
  if (!first || *first < 192) return first;
  if (*first == 255) return reader.big32();
  const auto second = reader.big8();
  if (!second || *first >= 224) return std::nullopt;  // partial lengths are for data packets only
  return ((*first - 192) << 8) + *second + 192;
}

std::optional<Packet> next_packet(ByteReader& reader) {
  const auto head = reader.big8();
  if (!head || (*head & 0x80) == 0) return std::nullopt;
  const bool is_new = (*head & 0x40) != 0;
  const std::uint32_t kind = *head & 3;
  std::optional<std::uint32_t> size;
  if (is_new) {
    size = new_length(reader);
  } else if (kind < 3) {
    size = reader.big(std::size_t{1} << kind);
  }
  const auto body = size ? reader.take(*size) : std::nullopt;
  if (!body) return std::nullopt;
  return Packet{is_new ? *head & 0x3F : *head >> 2 & 0x0F, *body};
}

bool skip_numbers(ByteReader& reader, int count) {
  for (int i = 0; i < count; ++i) {
    const auto bits = reader.big16();
    if (!bits || !reader.take((*bits + 7) / 8)) return false;
  }
  return true;
}

bool skip_short_block(ByteReader& reader) {
  const auto size = reader.big8();
  return size && reader.take(*size);
}

// The public part of a version 4 key, by algorithm (RFC 9580 section 9.1).
bool skip_public_part(ByteReader& reader, std::uint32_t algorithm) {
  switch (algorithm) {
    case 1: case 2: case 3: return skip_numbers(reader, 2);
    case 16: return skip_numbers(reader, 3);
    case 17: return skip_numbers(reader, 4);
    case 18: return skip_short_block(reader) && skip_numbers(reader, 1) && skip_short_block(reader);
    case 19: case 22: return skip_short_block(reader) && skip_numbers(reader, 1);
    case 25: case 27: return reader.take(32).has_value();
    case 26: return reader.take(56).has_value();
    case 28: return reader.take(57).has_value();
    default: return false;
  }
}

Outcome check_secret_key(std::string_view body) {
  ByteReader reader(body);
  const auto version = reader.big8();
  if (!version) return not_parsed;
  if (*version != 4) return {Verdict::proven, {}};
  const auto algorithm = reader.take(4) ? reader.big8() : std::nullopt;
  if (!algorithm || !skip_public_part(reader, *algorithm)) return not_parsed;
  const auto usage = reader.big8();
  if (!usage) return not_parsed;
  if (*usage == 0) return {Verdict::proven, "without a passphrase"};
  return {Verdict::encrypted, "under a passphrase"};
}

}  // namespace

Outcome check_openpgp(std::string_view base64) {
  std::string_view sum;
  if (base64.size() > 5 && base64[base64.size() - 5] == '=') {
    sum = base64.substr(base64.size() - 4);
    base64.remove_suffix(5);
  }
  const auto bytes = base::decode_base64(base64);
  if (!bytes) return not_parsed;
  if (!sum.empty()) {
    const std::uint32_t crc = crc24(*bytes);
    const std::string expected{static_cast<char>(crc >> 16), static_cast<char>(crc >> 8 & 0xFF),
                               static_cast<char>(crc & 0xFF)};
    if (base::decode_base64(sum) != expected) return {Verdict::unproven, "its checksum is wrong"};
  }
  ByteReader reader(*bytes);
  const auto first = next_packet(reader);
  if (!first || first->type != 5) return not_parsed;
  while (!reader.is_empty()) {
    if (!next_packet(reader)) return not_parsed;
  }
  return check_secret_key(first->body);
}

}  // namespace sluice::structure
