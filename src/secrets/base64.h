#pragma once

#include <string_view>

#include "base/result.h"
#include "secrets/secure_bytes.h"

namespace sluice::secrets {

/// Base64 with padding (RFC 4648, section 4).
SecureBytes encode_base64(std::string_view bytes);

/// The bytes of a Base64 text with padding. Errors: corrupt; holds nothing of `text`.
Result<SecureBytes> decode_base64(std::string_view text);

}  // namespace sluice::secrets
