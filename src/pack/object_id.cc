#include "pack/object_id.h"

#include <nettle/sha1.h>
#include <nettle/sha2.h>

#include "base/hash.h"

namespace sluice::pack {
namespace {

constexpr std::array<std::int8_t, 256> make_digit_values() {
  std::array<std::int8_t, 256> values{};
  for (std::int8_t& value : values) value = -1;
  for (std::int8_t i = 0; i < 10; ++i) values[static_cast<std::size_t>('0' + i)] = i;
  for (std::int8_t i = 10; i < 16; ++i) {
    values[static_cast<std::size_t>('a' + i - 10)] = i;
    values[static_cast<std::size_t>('A' + i - 10)] = i;
  }
  return values;
}

constexpr std::array<std::int8_t, 256> digit_values = make_digit_values();

int digit_value(char digit) { return digit_values[static_cast<unsigned char>(digit)]; }

const std::uint8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

ObjectId hash_pieces(HashAlgorithm algorithm, std::string_view first, std::string_view second) {
  ObjectId id;
  id.algorithm = algorithm;
  if (algorithm == HashAlgorithm::sha1) {
    sha1_ctx context;
    sha1_init(&context);
    sha1_update(&context, first.size(), bytes_of(first));
    sha1_update(&context, second.size(), bytes_of(second));
    sha1_digest(&context, SHA1_DIGEST_SIZE, id.bytes.data());
  } else {
    sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, first.size(), bytes_of(first));
    sha256_update(&context, second.size(), bytes_of(second));
    sha256_digest(&context, SHA256_DIGEST_SIZE, id.bytes.data());
  }
  return id;
}

}  // namespace

std::string_view to_string(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::commit:
      return "commit";
    case ObjectKind::tree:
      return "tree";
    case ObjectKind::blob:
      return "blob";
    case ObjectKind::tag:
      return "tag";
  }
  return "unknown";
}

std::string ObjectId::hex() const { return base::to_hex(raw()); }

std::optional<ObjectId> ObjectId::from_hex(HashAlgorithm algorithm, std::string_view hex) {
  if (hex.size() != 2 * name_size(algorithm)) return std::nullopt;
  ObjectId id;
  id.algorithm = algorithm;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = digit_value(hex[i]);
    const int low = digit_value(hex[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    id.bytes[i / 2] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return id;
}

ObjectId hash_object(HashAlgorithm algorithm, ObjectKind kind, std::string_view content) {
  std::string header(to_string(kind));
  header += ' ';
  header += std::to_string(content.size());
  header += '\0';
  return hash_pieces(algorithm, header, content);
}

ObjectId hash_bytes(HashAlgorithm algorithm, std::string_view bytes) {
  return hash_pieces(algorithm, bytes, {});
}

}  // namespace sluice::pack
