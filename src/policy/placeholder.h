#pragma once

#include <string_view>

namespace sluice::policy {

/// True when `key` names something that must stay secret: `DB_PASSWORD`, `apiToken`, `SECRET_KEY`.
/// Not so for what only surrounds one: `KEY_PATH`, `TOKEN_TTL`, `PUBLIC_KEY`.
bool names_secret(std::string_view key);

/// True when `value` looks like a real secret rather than a placeholder: at least 8 characters that
/// are no word, number, reference (`${X}`, `op://...`) or hint (`changeme`, `<token>`,
/// `your-key-here`). Linear in the length of `value`.
bool looks_real(std::string_view value);

/// True when `value` is empty or plainly stands for a secret that is to be filled in: a reference or a hint, as above.
bool is_placeholder(std::string_view value);

/// The password in `scheme://user:password@host`, or empty.
std::string_view url_password(std::string_view value);

}  // namespace sluice::policy
