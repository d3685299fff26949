#pragma once

#include <string>
#include <string_view>

namespace sluice {

/// 32 hexadecimal digits that stand for (`rule`, `content`) wherever that content lies: moved lines
/// keep their fingerprint, another secret has another. SHA-256 by default. A hash of a weak password
/// can be guessed, so where SLUICE_FINGERPRINT_KEY is set it is HMAC-SHA-256 under that key.
std::string fingerprint(std::string_view rule, std::string_view content);

}  // namespace sluice
