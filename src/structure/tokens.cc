#include "structure/tokens.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "base/radix.h"
#include "base/text.h"
#include "structure/checksum.h"
#include "structure/date.h"

namespace sluice::structure {
namespace {

using Json = nlohmann::json;

constexpr std::size_t largest_json = 1u << 16;

Outcome judged(bool fits, std::string_view otherwise) {
  return fits ? Outcome{Verdict::proven, {}} : Outcome{Verdict::unproven, std::string(otherwise)};
}

constexpr std::string_view wrong_checksum = "its checksum is wrong";

// What stands behind the first `_`.
std::string_view behind_prefix(std::string_view secret) {
  const auto at = secret.find('_');
  return at == std::string_view::npos ? secret : secret.substr(at + 1);
}

// A JSON object, or nothing. The library's parser keeps its own stack, so depth costs no recursion.
std::optional<Json> json_object(std::string_view text) {
  if (text.size() > largest_json || !base::is_valid_utf8(text)) return std::nullopt;
  Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  return json;
}

std::optional<Json> base64_object(std::string_view text) {
  const auto bytes = base::decode_base64(text);
  return bytes ? json_object(*bytes) : std::nullopt;
}

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace

Outcome check_base62_token(std::string_view secret) {
  const std::string_view body = behind_prefix(secret);
  if (body.size() <= 6) return judged(false, wrong_checksum);
  const std::size_t size = body.size() - 6;
  return judged(base62_checksum(body.substr(0, size)) == body.substr(size), wrong_checksum);
}

Outcome check_hex_token(std::string_view secret) {
  std::string_view body = behind_prefix(secret);
  if (body.size() <= 9) return judged(false, wrong_checksum);
  const std::string sum = base::to_lower(body.substr(body.size() - 8));
  body.remove_suffix(8);
  if (body.back() == '_') body.remove_suffix(1);
  return judged(fmt::format("{:08x}", crc32(body)) == sum, wrong_checksum);
}

Outcome check_grafana_token(std::string_view secret) {
  const auto at = secret.rfind('_');
  if (at == std::string_view::npos) return judged(false, wrong_checksum);
  const auto sum = base::decode_hex(secret.substr(at + 1));
  return judged(sum && *sum == little_endian(crc32(secret.substr(0, at))), wrong_checksum);
}

Outcome check_confluent_token(std::string_view secret) {
  if (secret.substr(0, 4) != "cflt") return {Verdict::proven, {}};
  if (secret.size() <= 10) return judged(false, wrong_checksum);
  const std::string_view body = secret.substr(4, secret.size() - 10);
  const std::string sum = base::encode_base64(little_endian(crc32(body))).substr(0, 6);
  return judged(secret.substr(secret.size() - 6) == sum, wrong_checksum);
}

Outcome check_pypi_token(std::string_view secret) {
  const auto dash = secret.find('-');
  const auto bytes = base::decode_base64(secret.substr(dash == std::string_view::npos ? 0 : dash + 1));
  const Outcome no{Verdict::unproven, "what it holds is no macaroon"};
  if (!bytes || bytes->empty() || bytes->front() != 2) return no;
  // Fields: a type, a length as a varint, the bytes. Type 0 ends a section; 6 is the signature, the last.
  std::string_view rest = std::string_view(*bytes).substr(1);
  std::string_view place;
  while (!rest.empty()) {
    const char type = rest.front();
    rest.remove_prefix(1);
    if (type == 0) continue;
    std::size_t size = 0;
    for (unsigned shift = 0; !rest.empty() && shift < 21; shift += 7) {
      const auto byte = static_cast<unsigned char>(rest.front());
      rest.remove_prefix(1);
      size |= static_cast<std::size_t>(byte & 0x7F) << shift;
      if ((byte & 0x80) == 0) break;
    }
    if (size > rest.size()) return no;
    if (type == 1) place = rest.substr(0, size);
    if (type == 6) {
      const bool fits = size == 32 && rest.size() == 32 && (place == "pypi.org" || place == "test.pypi.org");
      return fits ? Outcome{Verdict::proven, fmt::format("for {}", place)} : no;
    }
    rest.remove_prefix(size);
  }
  return no;
}

Outcome check_jwt(std::string_view secret) {
  const auto parts = base::split(secret, '.');
  if (parts.size() < 3) return {Verdict::unproven, "it has no three parts"};
  const auto header = base64_object(parts[0]);
  const auto claims = base64_object(parts[1]);
  if (!header || !header->contains("alg") || !(*header)["alg"].is_string()) {
    return {Verdict::unproven, "its header does not decode"};
  }
  if (!claims) return {Verdict::unproven, "its claims do not decode"};
  std::string detail;
  const std::string algorithm = (*header)["alg"].get<std::string>();
  if (algorithm.size() <= 16 && is_printable(algorithm)) detail = fmt::format("signed with {}", algorithm);
  const auto until = claims->find("exp");
  if (until != claims->end() && until->is_number_unsigned()) {
    const std::string date = date_of(until->get<std::uint64_t>());
    if (!date.empty()) detail += fmt::format("{}valid until {}", detail.empty() ? "" : ", ", date);
  }
  return {Verdict::proven, detail};
}

Outcome check_base64_json(std::string_view secret) {
  // `{"` and a letter, digit or blank: eyJ, eyA, ...
  const auto at = secret.find("ey");
  if (at != std::string_view::npos) {
    std::string_view body = secret.substr(at);
    body = body.substr(0, body.find_first_of("_=", body.size() > 1 ? 1 : 0));
    if (base64_object(body) || base64_object(secret.substr(at))) return {Verdict::proven, {}};
  }
  return {Verdict::unproven, "what it should hold does not decode"};
}

Outcome check_aws_key_id(std::string_view secret) {
  const auto bytes = secret.size() == 20 ? base::decode_base32(secret.substr(4)) : std::nullopt;
  if (!bytes || bytes->size() < 6) return {Verdict::unproven, "it is no base32"};
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 6; ++i) number = number << 8 | static_cast<unsigned char>((*bytes)[i]);
  // The highest bit is set in those that carry their account; older ones do not.
  const std::uint64_t account = number >> 7 & 0xFF'FFFF'FFFF;
  if (number >> 47 == 0 || account > 999'999'999'999) return {Verdict::proven, {}};
  return {Verdict::proven, fmt::format("of AWS account {:012}", account)};
}

Outcome check_discord_token(std::string_view secret) {
  const auto number = base::decode_base64(secret.substr(0, secret.find('.')));
  const bool fits = number && number->size() >= 17 && number->size() <= 20 &&
                    number->find_first_not_of("0123456789") == std::string::npos;
  return fits ? Outcome{Verdict::proven, fmt::format("of bot {}", *number)}
              : Outcome{Verdict::unproven, "it names no bot"};
}

Outcome check_docker_auth(std::string_view secret) {
  const auto pair = base::decode_base64(secret);
  if (!pair || !is_printable(*pair)) return {Verdict::unproven, "it does not decode to user and password"};
  const auto colon = pair->find(':');
  if (colon == std::string::npos || colon == 0) return {Verdict::refuted, {}};
  if (colon + 1 == pair->size()) return {Verdict::refuted, {}};
  return {Verdict::proven, {}};
}

Outcome check_basic_credentials(std::string_view secret) {
  const auto pair = base::decode_base64(secret);
  const auto colon = pair ? pair->find(':') : std::string::npos;
  if (colon == std::string::npos) return {Verdict::proven, {}};
  std::string line = *pair;
  std::erase_if(line, [](char c) { return c == '\n' || c == '\r'; });
  if (!is_printable(line)) return {Verdict::proven, {}};
  if (line.size() < pair->size()) return {Verdict::unproven, "it has a line end, which no account has"};
  if (pair->front() == '{') return {Verdict::unproven, "it is JSON, no user and password"};
  if (pair->compare(colon, 3, "://") == 0) return {Verdict::unproven, "it is a URL, no user and password"};
  const std::string_view password = std::string_view(*pair).substr(colon + 1);
  const bool is_word = std::all_of(password.begin(), password.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  const bool is_weak = is_word || password.size() < 4 || password == pair->substr(0, colon);
  return {is_weak ? Verdict::unproven : Verdict::proven, is_weak ? "the password is a plain word" : ""};
}

Outcome check_nkey(std::string_view secret) {
  const auto bytes = base::decode_base32(secret);
  if (!bytes || bytes->size() < 36) return judged(false, wrong_checksum);
  const std::uint16_t sum = crc16(std::string_view(*bytes).substr(0, 34));
  return judged(static_cast<unsigned char>((*bytes)[34]) == (sum & 0xFF) &&
                    static_cast<unsigned char>((*bytes)[35]) == sum >> 8,
                wrong_checksum);
}

Outcome check_age_key(std::string_view secret) {
  constexpr std::string_view alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  const std::string text = base::to_lower(secret);
  const auto one = text.rfind('1');
  if (one == std::string::npos || text.size() < one + 8) return judged(false, wrong_checksum);
  std::string data;
  for (const char c : text.substr(one + 1, text.size() - one - 7)) {
    const auto value = alphabet.find(c);
    if (value == std::string_view::npos) return judged(false, wrong_checksum);
    data += static_cast<char>(value);
  }
  return judged(bech32_checksum(text.substr(0, one), data) == text.substr(text.size() - 6), wrong_checksum);
}

Outcome check_curve25519_key(std::string_view secret) {
  const auto key = base::decode_base64(secret);
  const bool fits = key && key->size() == 32 && (static_cast<unsigned char>(key->front()) & 7) == 0 &&
                    static_cast<unsigned char>(key->back()) >> 6 == 1;
  return judged(fits, "its bits are not those of a private key");
}

Outcome check_luhn(std::string_view secret) {
  std::string digits;
  for (const char c : secret) {
    if (c != ' ' && c != '-') digits += c;
  }
  return has_luhn_digit(digits) ? Outcome{Verdict::proven, {}} : Outcome{Verdict::refuted, {}};
}

}  // namespace sluice::structure
