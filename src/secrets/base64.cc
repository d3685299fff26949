#include "secrets/base64.h"

#include <nettle/base64.h>

namespace sluice::secrets {

SecureBytes encode_base64(std::string_view bytes) {
  SecureBytes out(BASE64_ENCODE_RAW_LENGTH(bytes.size()));
  if (!bytes.empty())
    base64_encode_raw(out.data(), bytes.size(),
                      reinterpret_cast<const std::uint8_t*>(bytes.data()));
  return out;
}

Result<SecureBytes> decode_base64(std::string_view text) {
  SecureBytes out(BASE64_DECODE_LENGTH(text.size()));
  std::size_t length = out.size();
  base64_decode_ctx context;
  base64_decode_init(&context);
  const bool read =
      base64_decode_update(&context, &length, reinterpret_cast<std::uint8_t*>(out.data()),
                           text.size(), text.data()) != 0;
  if (!read || base64_decode_final(&context) == 0) return fail(ErrorKind::corrupt, "no Base64");
  out.resize(length);
  return out;
}

}  // namespace sluice::secrets
