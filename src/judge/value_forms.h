#pragma once

#include <cstddef>
#include <string_view>

#include "judge/value_bytes.h"

namespace sluice::judge {

// Forms of values, of which each speaks against a secret in its own way; linear in the value.

/// Bytes of what is held against the forms of tokens, at least.
inline constexpr std::size_t least_token = 7;

/// A JSON Web Token's header without the rest, with more behind it, or with a signature that is none: no token that
/// anybody takes.
bool is_broken_jwt(std::string_view value);

/// Whether the value has signs that no token has: those are letters, digits, the signs of base64 and base64url, and what
/// joins their parts. `traits` are Trait bits that one of its bytes has, or more.
bool has_odd_sign(std::string_view value, unsigned traits);

/// `1684189401`, `0x627b0c2c`, `0:0x627b0c2c`.
bool is_plain_number(std::string_view value);

/// A URL without an account or a query.
bool is_address(std::string_view value);

/// `name@host.org`; passwords have an `@` as well, but seldom so much of a host's name behind it.
bool is_mail_address(std::string_view value);

/// Three digits, and words: the replies of FTP and mail (RFC 959, 4.2; RFC 5321, 4.2).
bool is_reply(std::string_view value);

/// Whether a conversion of printf is in it: `%d`, `%02u`, `%.*s`, `%02` before a macro; no percent sign of a URL, with
/// two hexadecimal digits.
bool is_format(std::string_view value);

/// Of the form of a UUID, with letters that are no hexadecimal digits; perhaps behind a prefix.
bool is_mock_uuid(std::string_view value);

/// Whether it says of itself that it is none, with a word that no token has by chance: `somefakekey`.
/// `whole` is the value.
bool is_false_value(const ValueBytes& value, std::string_view whole);

}  // namespace sluice::judge
