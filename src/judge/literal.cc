#include "judge/literal.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>

#include "base/text.h"
#include "judge/counting.h"

namespace sluice::judge {

using namespace std::string_view_literals;
namespace {

constexpr std::size_t least_value = 4;
constexpr std::size_t largest_value = 512;
constexpr std::string_view key_files[] = {"id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"};
constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t least_count = 20;   // bytes of a value that counts up or down and does nothing else
constexpr std::size_t least_broken = 40;  // bytes of a line of a value that goes on

// Skips `Bearer `, `Basic ` and their like, which say how what follows authenticates.
// True when it is Basic.
bool skip_scheme(Peek& peek) {
  if (peek.skip("basic ")) return true;
  for (const std::string_view scheme : {"bearer "sv, "token "sv, "apikey "sv, "bot "sv, "key "sv, "ntlm "sv}) {
    if (peek.skip(scheme)) break;
  }
  return false;
}

bool ends_bare(char c) {
  return is(c, blank | line_end | quote) || c == '<' || c == '>' || c == ';' || c == '&' || c == ',' ||
         c == '\\';
}

std::optional<Literal> literal_of(std::size_t begin, std::size_t end, bool is_quoted, bool is_basic) {
  if (end - begin < least_value) return {};
  return Literal{{begin, end}, is_quoted, is_basic};
}

bool is_interpolation(std::string_view value) {
  const auto holds = [&](std::string_view sign) { return value.find(sign) != std::string_view::npos; };
  if (holds("${") || holds("{{") || holds("$(") || holds("#{") || holds("%(") || holds("<%")) return true;
  const char first = value.front();
  const char last = value.back();
  // `{name}` is filled in; what holds more is data, perhaps JSON with a secret in it.
  const bool is_plain = value.find_first_of("\":\\") == std::string_view::npos;
  if ((first == '<' && last == '>') || (first == '{' && last == '}' && is_plain) ||
      (first == '%' && last == '%')) {
    return true;
  }
  return first == '$' && std::all_of(value.begin() + 1, value.end(), [](char c) { return is(c, word); });
}

// `sha256`, `SHA-512`, `hmac-sha256`, `scram-sha-256`, `aes-256-gcm`, `RS256`: family, size, mode.
bool is_algorithm(std::string_view value) {
  if (value.size() > 24) return false;
  const std::string lower = base::to_lower(value);
  std::string_view rest = lower;
  for (const std::string_view first : {"hmac"sv, "scram"sv, "pbkdf2"sv, "a"sv}) {
    const bool is_joined = rest.size() > first.size() && (rest[first.size()] == '-' || rest[first.size()] == '_');
    if (rest.starts_with(first) && is_joined) rest.remove_prefix(first.size() + 1);
  }
  const auto skips = [&](std::initializer_list<std::string_view> words) {
    for (const std::string_view one : words) {
      if (rest.starts_with(one)) return rest.remove_prefix(one.size()), true;
    }
    return false;
  };
  if (!skips({"sha3", "sha", "md", "aes", "rsa", "rs", "es", "ps", "hs", "des"})) return false;
  while (!rest.empty() && (is(rest.front(), digit) || rest.front() == '-' || rest.front() == '_' || rest.front() == '/')) {
    rest.remove_prefix(1);
  }
  return skips({"gcm", "cbc", "ctr", "ecb", "plus"}) || rest.empty();
}

// `utf-16le`, `latin-1`, `iso-8859-15`, `cp1252`.
bool is_encoding(std::string_view value) {
  if (value.size() > 12) return false;
  const std::string lower = base::to_lower(value);
  for (const std::string_view family : {"utf"sv, "latin"sv, "iso-8859"sv, "cp"sv, "windows-"sv}) {
    if (!lower.starts_with(family)) continue;
    std::string_view rest = std::string_view(lower).substr(family.size());
    while (!rest.empty() && (is(rest.front(), digit) || rest.front() == '-' || rest.front() == '_')) rest.remove_prefix(1);
    if (rest.empty() || rest == "le" || rest == "be") return true;
  }
  return false;
}

// `0x1F`
bool is_number(std::string_view value) {
  return value.size() <= 18 && value.starts_with("0x") &&
         std::all_of(value.begin() + 2, value.end(), [](char c) { return is(c, hexadecimal); });
}

// `name(`, `name[`, `a.b`, `a->b`, `a::b`, `@name`, `&name`, `*name`: an expression, not a value.
bool is_expression(std::string_view value) {
  if (value.find_first_of("([{") != std::string_view::npos) return true;
  if (value.find("->") != std::string_view::npos || value.find("::") != std::string_view::npos) return true;
  if (std::string_view("|=@])}").find(value.front()) != std::string_view::npos) return true;
  const bool is_negation = value.front() == '!' && value.size() > 1 && is(value[1], letter | underscore);
  if (is_negation || is_number(value)) return true;
  const std::size_t dot = value.find('.');
  // `Type.member1`
  if (is(value.front(), upper) && dot != std::string_view::npos && dot + 1 < value.size() && is(value[dot + 1], letter) &&
      std::all_of(value.begin(), value.end(), [](char c) { return is(c, word) || c == '.'; })) {
    return true;
  }
  return dot != 0 && dot != std::string_view::npos && is(value.front(), letter | underscore) &&
         std::all_of(value.begin(), value.end(), [](char c) { return is(c, letter | underscore) || c == '.'; });
}

// A regular expression: a range in brackets, a class behind a backslash.
bool is_expression_of_text(std::string_view value) {
  for (const std::string_view sign : {"[a-z"sv, "[A-Z"sv, "[0-9"sv, "\\w"sv, "\\d"sv, "\\S"sv, "[^"sv}) {
    if (value.find(sign) != std::string_view::npos && value.find_first_of("+*{$^") != std::string_view::npos) return true;
  }
  return false;
}

// The usual names of SSH key files.
bool is_key_file(std::string_view value) {
  return std::any_of(std::begin(key_files), std::end(key_files), [&](std::string_view one) { return value.starts_with(one); });
}

// Base64 of text with a colon: no control characters but line ends, and three of four bytes are ASCII.
bool reads_as_account(std::string_view value) {
  std::uint32_t bits = 0, count = 0, bytes = 0, foreign = 0;
  bool has_colon = false;
  for (const char c : value.substr(0, value.find('='))) {
    const std::size_t digit = base64_digits.find(c);
    if (digit == std::string_view::npos) return false;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    const auto byte = static_cast<unsigned char>(bits >> count);
    if ((byte < ' ' && byte != '\n' && byte != '\r' && byte != '\t') || byte == 0x7F) return false;
    ++bytes;
    foreign += byte > 0x7F;
    has_colon |= byte == ':';
  }
  return has_colon && foreign * 4 < bytes;
}

}  // namespace

std::optional<Literal> read_quoted(Peek& peek) {
  const bool is_escaped = peek.ahead() == '\\';
  if (is_escaped) peek.move();
  const char mark = peek.ahead();
  peek.move();
  if (!is_escaped && peek.ahead() == mark && peek.ahead(1) == mark) peek.move(2);
  const bool is_basic = skip_scheme(peek);
  const std::size_t begin = peek.at();
  for (std::size_t i = 0; i <= largest_value; ++i) {
    const char c = peek.ahead();
    // Long values are broken into lines; short ones end on theirs.
    if (is(c, line_end)) return i < least_broken ? std::nullopt : literal_of(begin, peek.at(), true, is_basic);
    const bool closes = is_escaped ? c == '\\' && peek.ahead(1) == mark : c == mark;
    if (closes) return literal_of(begin, peek.at(), true, is_basic);
    peek.move(c == '\\' && !is(peek.ahead(1), line_end) ? 2 : 1);
  }
  return literal_of(begin, peek.at(), true, is_basic);
}

std::optional<Literal> read_bare(Peek& peek) {
  const bool is_basic = skip_scheme(peek);
  const std::size_t begin = peek.at();
  // The arrow of `a->b` ends nothing.
  while (!ends_bare(peek.ahead()) || (peek.ahead() == '>' && peek.at() > begin && peek.before(peek.at()) == '-')) {
    if (peek.at() - begin > largest_value) return {};
    peek.move();
  }
  std::size_t end = peek.at();
  // What closes something that was opened before the value is none of it.
  while (end > begin) {
    const char last = peek.before(end);
    if (last != ')' && last != ']' && last != '}' && last != '\\' && last != ',') break;
    --end;
  }
  return literal_of(begin, end, false, is_basic);
}

bool cannot_be_secret(std::string_view value, const Literal& literal) {
  if (!literal.is_quoted && is_expression(value)) return true;  // first, for most of what stands bare is code
  if (is_interpolation(value)) return true;
  if (value.find_first_not_of(value.front()) == std::string_view::npos) return true;
  if (is_constant(value) || is_key_file(value) || is_expression_of_text(value)) return true;
  if (value.size() >= least_count && longest_count(value) * 5 >= value.size() * 4) return true;
  if (value.find("...") != std::string_view::npos) return true;
  if (is_reference(value)) return true;
  if (value.starts_with("TlRMTVNTUAA") || value.find("4_request") != std::string_view::npos) return true;
  if (literal.is_quoted && (value.front() == ',' || value.front() == ';')) return true;  // between two strings
  for (const std::string_view scheme : {"magnet:"sv, "urn:"sv, "mailto:"sv, "javascript:"sv, "about:"sv}) {
    if (value.starts_with(scheme)) return true;
  }
  return literal.is_basic && reads_as_account(value);
}

bool is_constant(std::string_view value) {
  static constexpr std::string_view constants[] = {
      "true",     "false",     "null",     "none",    "undefined", "nullptr", "string",   "self",      "this",      "yes",
      "bool",     "int",       "number",   "void",    "optional",  "required", "text",    "byte",      "bytes",     "boolean",
      "integer",  "float",     "double",   "char",    "varchar",   "varchar2", "nvarchar", "blob",     "object",    "enabled",
      "disabled", "enable",    "disable",  "unset",   "anonymous", "readonly", "basic",   "bearer",    "digest",    "oauth",
      "oauth2",   "saml",      "ldap",     "kerberos", "hmac",     "bcrypt",  "scrypt",   "argon2",    "argon2id",  "pbkdf2",
      "xoauth2",  "oauthbearer", "gssapi", "cram-md5", "digest-md5", "ntlm",    "negotiate", "external",  "krb5",
      "base64",   "base64url", "hex",      "utf-8",   "utf8",      "ascii",   "json",     "ed25519",   "ecdsa",     "plaintext",
  };
  const std::string_view bare = value.ends_with(')') ? value.substr(0, value.find('(')) : value;
  return is_algorithm(value) || is_encoding(value) || std::any_of(std::begin(constants), std::end(constants), [&](std::string_view constant) {
           return base::equals_ignoring_case(bare, constant);
         });
}

bool has_form_of_uuid(std::string_view value, unsigned digits) {
  if (value.size() != 36) return false;
  for (std::size_t i = 0; i < 36; ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? value[i] != '-' : !is(value[i], digits)) return false;
  }
  return true;
}

bool is_uuid(std::string_view value) { return has_form_of_uuid(value, hexadecimal); }

bool is_reference(std::string_view value) {
  constexpr std::array<std::string_view, 7> schemes = {
      "aws-sm://", "gcp-sm://", "azure-kv://", "env://", "vault://", "op://", "arn:aws"};
  return std::any_of(schemes.begin(), schemes.end(),
                     [&](std::string_view scheme) { return value.starts_with(scheme); });
}

}  // namespace sluice::judge
