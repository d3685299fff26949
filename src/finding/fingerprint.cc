#include "finding/fingerprint.h"

#include <cstdlib>

#include "base/hash.h"

namespace sluice {

std::string fingerprint(std::string_view rule, std::string_view content) {
  std::string message;
  message.reserve(rule.size() + content.size() + 10);
  message += "sluice/1";
  message += '\0';
  message += rule;
  message += '\0';
  message += content;
  const char* key = std::getenv("SLUICE_FINGERPRINT_KEY");
  const base::Sha256 digest =
      key != nullptr && *key != '\0' ? base::hmac_sha256(key, message) : base::sha256(message);
  return base::to_hex(digest, 16);
}

}  // namespace sluice
