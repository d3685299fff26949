#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sluice::config {

/// True when a value under this key may be a secret: `password`, `api_key`,
/// `AWS_SECRET_ACCESS_KEY`, `auth.token`, `credentials`. Rather too often than too seldom: it only
/// hides a value.
bool looks_secret(std::string_view key);

/// A source line fit for showing: values of keys that look secret, passwords in URLs and long
/// random words become `[masked]`. With `is_secret` (the line's value belongs to such a key that
/// stands on another line, or cannot be told) everything behind the first `key:` is masked. Long
/// lines are cut. Linear in the line's length.
std::string masked_line(std::string_view line, bool is_secret);

/// A value fit for showing: passwords in URLs and long random words become `[masked]`.
std::string masked_value(std::string_view text);

/// `text` with at most `most` bytes, cut at a code point and ended by `...` where it was longer.
std::string shortened(std::string_view text, std::size_t most);

}  // namespace sluice::config
