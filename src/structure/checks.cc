#include <algorithm>

#include "structure/check.h"
#include "structure/keys.h"
#include "structure/tokens.h"

namespace sluice::structure {
namespace {

constexpr Check table[] = {
    {"age-key", "its Bech32 checksum fits", check_age_key},
    {"aws-key-id", "it is base32; the account is read from it", check_aws_key_id},
    {"base64-json", "it holds a JSON object in base64", check_base64_json},
    {"basic-credentials", "it does not decode to an empty password, a plain word or a URL", check_basic_credentials},
    {"confluent-token", "its CRC-32 in base64 fits", check_confluent_token},
    {"crc32-base62", "its last six characters are the CRC-32 of the others", check_base62_token},
    {"crc32-hex", "its last eight digits are the CRC-32 of the others", check_hex_token},
    {"curve25519-key", "its bits are those of a private key", check_curve25519_key},
    {"discord-token", "its first part is a bot's number", check_discord_token},
    {"docker-auth", "it is user:password in base64", check_docker_auth},
    {"grafana-token", "its CRC-32 fits", check_grafana_token},
    {"java-keystore", "it parses as a key store that holds a key", check_java_keystore},
    {"jwt", "header and claims are JSON", check_jwt},
    {"luhn", "its check digit fits", check_luhn},
    {"nkey", "its CRC-16 fits", check_nkey},
    {"pem", "it parses as a key: PKCS 1, PKCS 8, SEC 1 or OpenSSH", check_pem_body},
    {"pem-base64", "it is base64 of a PEM file whose key parses", check_pem_in_base64},
    {"pgp", "its packets parse, the first is a secret key, and its checksum fits", check_pgp_armour},
    {"pkcs12", "it parses as PKCS 12", check_pkcs12},
    {"pypi-token", "it parses as a macaroon of PyPI", check_pypi_token},
};

}  // namespace

std::span<const Check> checks() { return table; }

const Check* find_check(std::string_view name) {
  const auto found =
      std::find_if(std::begin(table), std::end(table), [&](const Check& check) { return check.name == name; });
  return found == std::end(table) ? nullptr : found;
}

}  // namespace sluice::structure
