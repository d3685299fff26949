#include "structure/sample.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/radix.h"
#include "base/hash.h"
#include "base/text.h"
#include "structure/checksum.h"

namespace sluice::structure {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

constexpr std::string_view alnum = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

std::string drawn(std::string_view alphabet, std::size_t count, const Dice& dice) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += alphabet[dice(alphabet.size())];
  return text;
}

std::string bytes(std::size_t count, const Dice& dice) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += static_cast<char>(dice(256));
  return text;
}

std::string big_endian(std::size_t value, std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = size; i-- > 0; value >>= 8) text[i] = static_cast<char>(value & 0xFF);
  return text;
}

std::string with_size(std::string_view text, std::size_t digits) {
  return big_endian(text.size(), digits) + std::string(text);
}

std::string der(char tag, std::string_view content) {
  std::string head(1, tag);
  if (content.size() < 0x80) {
    head += static_cast<char>(content.size());
  } else {
    head += "\x82" + big_endian(content.size(), 2);
  }
  return head + std::string(content);
}

std::string der_number(std::size_t size, const Dice& dice) {
  std::string digits = bytes(size, dice);
  digits.front() = static_cast<char>(digits.front() | 0x80);
  return der('\x02', std::string(1, '\0') + digits);
}

const std::string& der_zero() {
  static const std::string zero = der('\x02', std::string(1, '\0'));
  return zero;
}

std::string rsa_key(const Dice& dice) {
  std::string numbers = der_zero() + der_number(256, dice) + der('\x02', "\x01\x00\x01"sv) + der_number(256, dice);
  for (int i = 0; i < 5; ++i) numbers += der_number(128, dice);
  return der('\x30', numbers);
}

std::string pkcs8_key(const Dice& dice) {
  const std::string algorithm =
      der('\x30', der('\x06', "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01"sv) + der('\x05', ""));
  return der('\x30', der_zero() + algorithm + der('\x04', rsa_key(dice)));
}

std::string ec_key(const Dice& dice) {
  const std::string curve = der('\xA0', der('\x06', "\x2A\x86\x48\xCE\x3D\x03\x01\x07"sv));
  const std::string point = der('\xA1', der('\x03', std::string("\0\x04", 2) + bytes(64, dice)));
  return der('\x30', der('\x02', "\x01") + der('\x04', bytes(32, dice)) + curve + point);
}

std::string encrypted_key(const Dice& dice) {
  const std::string scheme = der('\x30', der('\x06', "\x2A\x86\x48\x86\xF7\x0D\x01\x05\x0D"sv) + der('\x30', ""));
  return der('\x30', scheme + der('\x04', bytes(640, dice)));
}

std::string openssh_key(const Dice& dice) {
  const std::string type = with_size("ssh-ed25519", 4);
  const std::string half = bytes(32, dice);
  const std::string check = bytes(4, dice);
  std::string inner = check + check + type + with_size(half, 4) + with_size(bytes(32, dice) + half, 4) +
                      with_size("me", 4);
  for (char pad = 1; inner.size() % 8 != 0; ++pad) inner += pad;
  return "openssh-key-v1\0"s + with_size("none", 4) + with_size("none", 4) + with_size("", 4) +
         big_endian(1, 4) + with_size(type + with_size(half, 4), 4) + with_size(inner, 4);
}

std::string number_with_bits(std::size_t size, const Dice& dice) {
  std::string digits = bytes(size, dice);
  digits.front() = static_cast<char>(digits.front() | 0x80);
  return big_endian(size * 8, 2) + digits;
}

std::string pgp_packets(const Dice& dice) {
  std::string key = "\x04" + bytes(4, dice) + "\x01" + number_with_bits(256, dice) + "\0\x11\1\0\1"s;
  key += '\0';
  key += number_with_bits(256, dice) + number_with_bits(128, dice) + number_with_bits(128, dice) +
         number_with_bits(128, dice) + bytes(2, dice);
  const std::string name = "me";
  return "\x95" + with_size(key, 2) + "\xB4" + with_size(name, 1);
}

std::string in_lines(std::string_view text, std::size_t width) {
  std::string lines;
  for (std::size_t at = 0; at < text.size(); at += width) {
    if (at > 0) lines += '\n';
    lines += text.substr(at, width);
  }
  return lines;
}

std::string pgp_armour(std::size_t width, const Dice& dice) {
  const std::string packets = pgp_packets(dice);
  return in_lines(base::encode_base64(packets), width) + "\n=" +
         base::encode_base64(big_endian(crc24(packets), 3));
}

std::string pem(std::string_view title, std::string_view key) {
  return fmt::format("{0}BEGIN {1}{0}\n{2}\n{0}END {1}{0}\n", std::string(5, '-'), title,
                     in_lines(base::encode_base64(key), 64));
}

std::string macaroon(const Dice& dice) {
  const auto field = [](char type, std::string_view content) { return type + with_size(content, 1); };
  std::string made = "\x02" + field(1, "pypi.org") + field(2, bytes(36, dice)) + '\0';
  made += field(2, bytes(44, dice)) + '\0' + '\0' + field(6, bytes(32, dice));
  return base::encode_base64url(made);
}

std::string jwt(std::size_t signature, const Dice& dice) {
  const std::string header = R"({"alg":"HS256","typ":"JWT"})";
  const std::string claims = fmt::format(R"({{"sub":"{}","iat":1767225600}})", drawn(alnum, 12, dice));
  return base::encode_base64url(header) + "." + base::encode_base64url(claims) + "." +
         base::encode_base64url(bytes(signature, dice));
}

std::string seed(const Dice& dice) {
  // 0x90 | 0xA0 >> 5, the rest of the kind in the next byte: a user's seed.
  std::string made = "\x95"s + "\x00"s + bytes(32, dice);
  const std::uint16_t sum = crc16(made);
  made += static_cast<char>(sum & 0xFF);
  made += static_cast<char>(sum >> 8);
  return base::encode_base32(made);
}

std::string age_identity(const Dice& dice) {
  constexpr std::string_view alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  std::string data;
  std::string text;
  for (int i = 0; i < 52; ++i) {
    data += static_cast<char>(dice(32));
    text += alphabet[static_cast<std::size_t>(data.back())];
  }
  text += bech32_checksum("age-secret-key-", data);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return text;
}

std::string curve25519_key(const Dice& dice) {
  std::string key = bytes(32, dice);
  key.front() = static_cast<char>(key.front() & 0xF8);
  key.back() = static_cast<char>((key.back() & 0x3F) | 0x40);
  return base::encode_base64(key);
}

std::string checked_digits(std::size_t count, const Dice& dice) {
  std::string digits = "4" + drawn("0123456789", count - 1, dice);
  for (char last = '0'; last <= '9'; ++last) {
    digits.back() = last;
    if (has_luhn_digit(digits)) break;
  }
  return digits;
}

std::string discord_token(const Dice& dice) {
  const std::string number = "1" + drawn("0123456789", 17, dice);
  return base::encode_base64url(number) + "." + drawn(alnum, 6, dice) + "." + drawn(alnum, 38, dice);
}

std::string grafana_token(const Dice& dice) {
  const std::string body = "glsa_" + drawn(alnum, 32, dice);
  return body + "_" + base::to_hex(little_endian(crc32(body)));
}

std::string java_keystore(const Dice& dice) {
  return "\xFE\xED\xFE\xED"s + big_endian(2, 4) + big_endian(1, 4) + big_endian(1, 4) + with_size("me", 2) +
         big_endian(0, 8) + with_size(bytes(600, dice), 4);
}

std::string pkcs12(const Dice& dice) {
  const std::string data = der('\x06', "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01"sv) +
                           der('\xA0', der('\x04', bytes(600, dice)));
  return der('\x30', der('\x02', "\x03") + der('\x30', data));
}

std::string crc_base62(std::size_t count, const Dice& dice) {
  const std::string body = drawn(alnum, std::max<std::size_t>(count, 8) - 6, dice);
  return body + base62_checksum(body);
}

std::string crc_hex(std::size_t count, const Dice& dice) {
  const std::string body = drawn(alnum, std::max<std::size_t>(count, 10) - 8, dice);
  return body + fmt::format("{:08x}", crc32(body));
}

std::string confluent_body(std::size_t, const Dice& dice) {
  const std::string body = drawn(alnum, 54, dice);
  return body + base::encode_base64(little_endian(crc32(body))).substr(0, 6);
}

struct Maker {
  std::string_view kind;
  std::string (*make)(std::size_t count, const Dice& dice);
};

constexpr Maker makers[] = {
    {"age_identity", [](std::size_t, const Dice& dice) { return age_identity(dice); }},
    {"base64_json",
     [](std::size_t count, const Dice& dice) {
       return base::encode_base64(fmt::format(R"({{"o":"1","n":"{}"}})", drawn(alnum, count, dice)));
     }},
    {"confluent_body", confluent_body},
    {"crc32_base62", crc_base62},
    {"crc32_hex", crc_hex},
    {"curve25519_key", [](std::size_t, const Dice& dice) { return curve25519_key(dice); }},
    {"discord_token", [](std::size_t, const Dice& dice) { return discord_token(dice); }},
    {"docker_auth",
     [](std::size_t count, const Dice& dice) { return base::encode_base64("me:" + drawn(alnum, count, dice)); }},
    {"grafana_token", [](std::size_t, const Dice& dice) { return grafana_token(dice); }},
    {"java_keystore", [](std::size_t, const Dice& dice) { return java_keystore(dice); }},
    {"jwt", jwt},
    {"luhn", checked_digits},
    {"nkey_seed", [](std::size_t, const Dice& dice) { return seed(dice); }},
    {"openssh",
     [](std::size_t width, const Dice& dice) { return in_lines(base::encode_base64(openssh_key(dice)), width); }},
    {"pem_base64",
     [](std::size_t, const Dice& dice) { return base::encode_base64(pem("RSA PRIVATE KEY", rsa_key(dice))); }},
    {"pgp", pgp_armour},
    {"pkcs1",
     [](std::size_t width, const Dice& dice) { return in_lines(base::encode_base64(rsa_key(dice)), width); }},
    {"pkcs12", [](std::size_t, const Dice& dice) { return pkcs12(dice); }},
    {"pkcs8",
     [](std::size_t width, const Dice& dice) { return in_lines(base::encode_base64(pkcs8_key(dice)), width); }},
    {"pkcs8_encrypted",
     [](std::size_t width, const Dice& dice) { return in_lines(base::encode_base64(encrypted_key(dice)), width); }},
    {"pypi_macaroon", [](std::size_t, const Dice& dice) { return macaroon(dice); }},
    {"sec1",
     [](std::size_t width, const Dice& dice) { return in_lines(base::encode_base64(ec_key(dice)), width); }},
};

}  // namespace

std::optional<std::string> make_sample(std::string_view kind, std::size_t count, const Dice& dice) {
  for (const Maker& maker : makers) {
    if (maker.kind == kind) return maker.make(count, dice);
  }
  return std::nullopt;
}

}  // namespace sluice::structure
