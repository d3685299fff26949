#include "base/hash.h"

#include <nettle/hmac.h>
#include <nettle/sha2.h>

#include <algorithm>

namespace sluice::base {
namespace {

const std::uint8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

}  // namespace

Sha256 sha256(std::string_view bytes) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, bytes.size(), bytes_of(bytes));
  Sha256 digest;
  sha256_digest(&context, digest.size(), digest.data());
  return digest;
}

Sha256 hmac_sha256(std::string_view key, std::string_view bytes) {
  hmac_sha256_ctx context;
  hmac_sha256_set_key(&context, key.size(), bytes_of(key));
  hmac_sha256_update(&context, bytes.size(), bytes_of(bytes));
  Sha256 digest;
  hmac_sha256_digest(&context, digest.size(), digest.data());
  return digest;
}

std::string to_hex(std::string_view bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out(bytes.size() * 2, '\0');
  char* at = out.data();
  for (const char byte : bytes) {
    *at++ = digits[static_cast<unsigned char>(byte) >> 4];
    *at++ = digits[static_cast<unsigned char>(byte) & 15];
  }
  return out;
}

std::string to_hex(const Sha256& digest, std::size_t count) {
  return to_hex(std::string_view(reinterpret_cast<const char*>(digest.data()),
                                 std::min(count, digest.size())));
}

}  // namespace sluice::base
