#pragma once

#include <string_view>

#include "structure/check.h"

/// Checks of tokens that are one word. Each gets the secret alone.
namespace sluice::structure {

/// GitHub (https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/) and npm: behind
/// the prefix a body and its CRC-32 in six digits of base62.
Outcome check_base62_token(std::string_view secret);

/// Cloudflare, Zuplo: behind the prefix a body and its CRC-32 in eight hexadecimal digits.
Outcome check_hex_token(std::string_view secret);

/// Grafana: `glsa_`, a body, `_` and the CRC-32 of all before, the least significant byte first.
Outcome check_grafana_token(std::string_view secret);

/// Confluent: older secrets have no form; newer ones are `cflt`, a body and the start of its CRC-32 in base64, the least significant byte first.
Outcome check_confluent_token(std::string_view secret);

/// PyPI: a macaroon in the binary form of libmacaroons, version 2, made for pypi.org or test.pypi.org.
Outcome check_pypi_token(std::string_view secret);

/// JSON Web Token (RFC 7519): header and claims are JSON objects and the header names an algorithm.
Outcome check_jwt(std::string_view secret);

/// Anything before the first `{` in base64, such as a prefix, then base64 of a JSON object.
Outcome check_base64_json(std::string_view secret);

/// AWS access key id: newer ones carry the number of their account in their bits.
Outcome check_aws_key_id(std::string_view secret);

/// Discord bot token: its first part is the bot's number in base64.
Outcome check_discord_token(std::string_view secret);

/// What stands behind `Basic ` (RFC 7617). Unproven when it decodes to a password that is empty, of three bytes, the
/// user's name again, or small letters alone, as in tests and examples, to a URL, or to text with a line end, which is
/// no account. Other encodings than UTF-8 are left alone.
Outcome check_basic_credentials(std::string_view secret);

/// Docker's `auth`: user name and password with `:` between them, in base64.
Outcome check_docker_auth(std::string_view secret);

/// NATS seed: base32 with a CRC-16, and a prefix that says of what (https://github.com/nats-io/nkeys).
Outcome check_nkey(std::string_view secret);

/// age identity: Bech32 (BIP 173).
Outcome check_age_key(std::string_view secret);

/// WireGuard, a private key of Curve25519 in base64, its bits clamped as `wg genkey` does (RFC 7748 section 5).
Outcome check_curve25519_key(std::string_view secret);

/// A number with Luhn's check digit (ISO/IEC 7812-1); blanks and `-` are skipped.
Outcome check_luhn(std::string_view secret);

}  // namespace sluice::structure
