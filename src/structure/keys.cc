#include "structure/keys.h"

#include <fmt/format.h>

#include <optional>
#include <string>

#include "base/radix.h"
#include "structure/byte_reader.h"
#include "structure/der.h"
#include "structure/openpgp.h"

namespace sluice::structure {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view openssh_magic = "openssh-key-v1\0"sv;

const Outcome not_a_key{Verdict::unproven, "it does not parse as a key"};

struct Algorithm {
  std::string_view oid;
  std::string_view name;
};

constexpr Algorithm algorithms[] = {
    {"\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01"sv, "RSA"}, {"\x2A\x86\x48\xCE\x3D\x02\x01"sv, "EC"},
    {"\x2A\x86\x48\xCE\x38\x04\x01"sv, "DSA"},         {"\x2B\x65\x70"sv, "Ed25519"},
    {"\x2B\x65\x71"sv, "Ed448"},                       {"\x2B\x65\x6E"sv, "X25519"},
    {"\x2B\x65\x6F"sv, "X448"},
};

Outcome proven(std::string detail) { return {Verdict::proven, std::move(detail)}; }

// Numbers up to the end; nothing when there is something else.
std::optional<std::size_t> count_integers(DerReader reader) {
  std::size_t count = 0;
  while (const auto element = reader.next()) {
    if (element->tag != der_integer) return std::nullopt;
    ++count;
  }
  if (reader.is_broken()) return std::nullopt;
  return count;
}

// PKCS 1 (RFC 8017 A.1.2) behind its version, or OpenSSL's form of a DSA key: numbers only.
Outcome check_numbers(DerReader reader) {
  const auto count = count_integers(reader);
  const auto first = reader.next(der_integer);
  if (!first || !count) return not_a_key;
  if (*count == 8) return proven(fmt::format("RSA key of {} bits", der_bits(*first)));
  if (*count == 5) return proven(fmt::format("DSA key of {} bits", der_bits(*first)));
  return not_a_key;
}

// PKCS 8 behind its version: algorithm, key, perhaps attributes.
Outcome check_pkcs8(DerReader reader) {
  const auto algorithm = reader.next(der_sequence);
  const auto key = reader.next(der_octet_string);
  if (!algorithm || !key || key->empty()) return not_a_key;
  const auto oid = DerReader(*algorithm).next(der_oid);
  if (!oid) return not_a_key;
  for (const Algorithm& known : algorithms) {
    if (*oid != known.oid) continue;
    if (known.name != "RSA") return proven(fmt::format("{} key", known.name));
    const auto inner = DerReader(*key).next(der_sequence);
    if (!inner) return not_a_key;
    DerReader numbers(*inner);
    if (!numbers.next(der_integer)) return not_a_key;
    return check_numbers(numbers);
  }
  return proven({});
}

Outcome check_der_key(std::string_view bytes) {
  DerReader file(bytes);
  const auto content = file.next(der_sequence);
  if (!content || !file.rest().empty()) return not_a_key;
  DerReader reader(*content);
  const auto first = reader.next();
  if (!first) return not_a_key;
  if (first->tag == der_sequence) {
    // EncryptedPrivateKeyInfo (RFC 5958 section 3).
    const bool fits = DerReader(first->content).next(der_oid) && reader.next(der_octet_string);
    return fits ? Outcome{Verdict::encrypted, "under a passphrase"} : not_a_key;
  }
  if (first->tag != der_integer) return not_a_key;
  DerReader ahead = reader;
  const auto second = ahead.next();
  if (!second) return not_a_key;
  switch (second->tag) {
    case der_integer: return check_numbers(reader);
    case der_sequence: return check_pkcs8(reader);
    case der_octet_string: return second->content.empty() ? not_a_key : proven("EC key");
    default: return not_a_key;
  }
}

Outcome check_openssh(std::string_view bytes) {
  ByteReader reader(bytes.substr(openssh_magic.size()));
  const auto cipher = reader.block32();
  const auto derivation = reader.block32();
  const auto options = reader.block32();
  const auto keys = reader.big32();
  if (!cipher || !derivation || !options || !keys || *keys == 0 || *keys > 64) return not_a_key;
  const auto public_key = reader.block32();
  for (std::uint32_t i = 1; i < *keys; ++i) (void)reader.block32();
  const auto private_keys = reader.block32();
  if (!public_key || !private_keys || private_keys->empty()) return not_a_key;
  if (*cipher != "none") return {Verdict::encrypted, "under a passphrase"};
  ByteReader checks(*private_keys);
  const auto one = checks.big32();
  if (!one || one != checks.big32()) return not_a_key;
  const auto type = ByteReader(*public_key).block32();
  const bool is_name = type && type->size() < 64 &&
                       type->find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-@.") == std::string_view::npos;
  return is_name ? proven(fmt::format("{} key", *type)) : not_a_key;
}

bool is_body(char c) { return base::base64_digit(c) >= 0 || c == '='; }

// Base64 without what stands between its lines: white space, quotes, `\n` as text, and a `+` by itself, which
// joins strings.
std::string joined_lines(std::string_view text) {
  std::string body;
  const auto is_body_at = [&](std::size_t at) { return at < text.size() && is_body(text[at]); };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      while (i + 1 < text.size() && text[i + 1] == '\\') ++i;
      const char escaped = i + 1 < text.size() ? text[i + 1] : ' ';
      if (escaped == 'n' || escaped == 'r' || escaped == 't') ++i;
      continue;
    }
    const bool is_alone = (i == 0 || !is_body(text[i - 1])) && !is_body_at(i + 1);
    if (is_body(text[i]) && !(text[i] == '+' && is_alone)) body += text[i];
  }
  return body;
}

Outcome check_key_bytes(std::string_view bytes) {
  if (bytes.substr(0, openssh_magic.size()) == openssh_magic) return check_openssh(bytes);
  return check_der_key(bytes);
}

}  // namespace

Outcome check_pem_body(std::string_view secret) {
  const auto bytes = base::decode_base64(joined_lines(secret));
  return bytes ? check_key_bytes(*bytes) : not_a_key;
}

Outcome check_pem_in_base64(std::string_view secret) {
  const auto pem = base::decode_base64(secret);
  if (!pem) return not_a_key;
  std::string_view text = *pem;
  const bool is_pgp = text.find("PGP PRIVATE KEY BLOCK-----") != std::string_view::npos;
  const std::string_view title_end = is_pgp ? "BLOCK-----" : "KEY-----";
  const auto title = text.find(title_end);
  if (title == std::string_view::npos) return not_a_key;
  if (text.find("Proc-Type: 4,ENCRYPTED") != std::string_view::npos) {
    return {Verdict::encrypted, "under a passphrase"};
  }
  text.remove_prefix(title + title_end.size());
  text = text.substr(0, text.find("-----"));
  return is_pgp ? check_pgp_armour(text) : check_pem_body(text);
}

Outcome check_pgp_armour(std::string_view secret) {
  const auto headers_end = secret.find("\n\n");
  return check_openpgp(
      joined_lines(headers_end == std::string_view::npos ? secret : secret.substr(headers_end)));
}

Outcome check_pkcs12(std::string_view secret) {
  const Outcome no{Verdict::unproven, "it does not parse as PKCS 12"};
  const auto content = DerReader(secret).next(der_sequence);
  if (!content) return no;
  DerReader reader(*content);
  const auto version = reader.next(der_integer);
  const auto safe = reader.next(der_sequence);
  if (!version || *version != "\x03" || !safe || !DerReader(*safe).next(der_oid)) return no;
  return {Verdict::encrypted, "under a password"};
}

Outcome check_java_keystore(std::string_view secret) {
  const Outcome no{Verdict::unproven, "it does not parse as a key store"};
  ByteReader reader(secret);
  const auto magic = reader.big32(), version = reader.big32(), count = reader.big32();
  if (!magic || !version || !count) return no;
  for (std::uint32_t i = 0; i < *count && !reader.is_empty(); ++i) {
    const auto tag = reader.big32();
    const auto alias = reader.block16();
    if (!tag || !alias || !reader.take(8)) return no;
    // 1: a private key; 3: a secret key of JCEKS; both lie under the store's password.
    if (*tag == 1 || *tag == 3) return {Verdict::encrypted, "under a password"};
    if (*tag != 2 || (*version == 2 && !reader.block16()) || !reader.block32()) return no;
  }
  return {Verdict::refuted, "only certificates"};
}

}  // namespace sluice::structure
