#pragma once

#include <string_view>

#include "base/result.h"
#include "secrets/secure_bytes.h"

namespace sluice::secrets {

/// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, section 8.2) of `text` under a private key in PEM.
/// OpenSSL is loaded when this is first called; linking it would cost every start of the program.
/// Errors: unsupported (no OpenSSL), invalid_input (no RSA key); hold nothing of the key.
Result<SecureBytes> sign_rs256(std::string_view text, const SecureBytes& private_key_pem);

/// Base64 with the URL's alphabet and without padding (RFC 4648, section 5).
SecureBytes encode_base64_url(std::string_view bytes);

}  // namespace sluice::secrets
