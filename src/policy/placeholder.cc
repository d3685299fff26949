#include "policy/placeholder.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <string>
#include <vector>

#include "base/text.h"

namespace sluice::policy {
namespace {

constexpr std::size_t shortest_secret = 8;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter(char c) { return is_upper(c) || is_lower(c); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool contains(std::string_view text, std::string_view needle) {
  return text.find(needle) != std::string_view::npos;
}

template <std::size_t count>
bool is_one_of(std::string_view word, const std::array<std::string_view, count>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

template <std::size_t count>
bool contains_any(std::string_view text, const std::array<std::string_view, count>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return contains(text, word); });
}

// Parts of a key's name that make it a secret's: whole parts, and endings of parts (`DBPASSWORD`).
constexpr std::array<std::string_view, 11> secret_parts = {
    "key", "keys", "pass", "pwd", "pw", "auth", "salt", "cred", "creds", "pepper", "jwt"};
constexpr std::array<std::string_view, 14> secret_endings = {
    "password",   "passwords", "passwd",    "passphrase", "secret",     "secrets",     "token",
    "credential", "apikey",    "secretkey", "accesskey",  "privatekey", "credentials", "authkey"};
// Last parts that say that the value is about a secret, and parts that say it is for everybody.
constexpr std::array<std::string_view, 38> harmless_ends = {
    "path",   "file",    "dir",      "name",      "id",       "ids",        "url",     "uri",
    "host",   "port",    "ttl",      "expiry",    "expires",  "expiration", "length",  "size",
    "count",  "limit",   "type",     "algorithm", "alg",      "header",     "prefix",  "enabled",
    "region", "version", "user",     "username",  "lifetime", "seconds",    "minutes", "days",
    "hours",  "issuer",  "audience", "endpoint",  "email",    "domain"};
constexpr std::array<std::string_view, 4> public_parts = {"public", "publishable", "site",
                                                          "sitekey"};

// `AWS_secretKey.id` as aws, secret, key, id.
std::vector<std::string> parts_of(std::string_view key) {
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < key.size(); ++i) {
    const bool separator = !is_letter(key[i]) && !is_digit(key[i]);
    const bool hump = i > 0 && is_upper(key[i]) && is_lower(key[i - 1]);
    if ((separator || hump) && !parts.back().empty()) parts.emplace_back();
    if (!separator) parts.back() += is_upper(key[i]) ? static_cast<char>(key[i] + 32) : key[i];
  }
  if (parts.back().empty()) parts.pop_back();
  return parts;
}

bool is_secret_part(std::string_view part) {
  return is_one_of(part, secret_parts) ||
         std::any_of(secret_endings.begin(), secret_endings.end(),
                     [&](std::string_view ending) { return part.ends_with(ending); });
}

// Anywhere in a value, these say that it is to be replaced.
constexpr std::array<std::string_view, 32> hints = {
    "example",     "changeme", "change_me",   "change-me", "changethis", "change-this",
    "change_this", "replace",  "placeholder", "your",      "dummy",      "fake",
    "todo",        "fixme",    "insert",      "xxx",       "...",        "***",
    "redacted",    "foobar",   "goes-here",   "goes_here", "localhost",  "sample",
    "not-real",    "notreal",  "insecure",    "generate",  "undefined",  "optional",
    "required",    "mysecret"};

// Words that weak development values are made of: what is left without them counts.
constexpr std::array<std::string_view, 33> weak_words = {
    "password", "passwd",     "secret",  "token",   "apikey",  "admin",    "root",
    "postgres", "mysql",      "mongodb", "mongo",   "redis",   "rabbitmq", "minio",
    "guest",    "user",       "test",    "demo",    "local",   "default",  "develop",
    "staging",  "production", "super",   "strong",  "private", "oauth2",   "base64",
    "sha256",   "md5",        "k8s",     "welcome", "qwerty"};

// `p4ssw0rd` as password, in lower case.
std::string unleeted(std::string_view text) {
  constexpr std::string_view from = "013457@$";
  constexpr std::string_view to = "oieastas";
  std::string plain = base::to_lower(text);
  for (char& c : plain) {
    const std::size_t at = from.find(c);
    if (at != std::string_view::npos) c = to[at];
  }
  return plain;
}

// `text` without what stands where `seen`, a spelling of it of the same length, has a weak word.
std::string without_weak_words(std::string_view text, std::string_view seen) {
  std::string rest;
  for (std::size_t at = 0; at < text.size();) {
    const auto word =
        std::find_if(weak_words.begin(), weak_words.end(),
                     [&](std::string_view weak) { return seen.substr(at).starts_with(weak); });
    if (word == weak_words.end()) rest += text[at];
    at += word == weak_words.end() ? 1 : word->size();
  }
  return rest;
}

// Letters that no one can pronounce: many consonants in a row, or capitals all over.
bool is_random_letters(std::string_view text) {
  constexpr std::string_view vowels = "aeiouyAEIOUY";
  std::size_t run = 0;
  std::size_t longest = 0;
  std::size_t humps = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    run = vowels.find(text[i]) == std::string_view::npos ? run + 1 : 0;
    longest = std::max(longest, run);
    if (i > 0 && is_upper(text[i]) && is_lower(text[i - 1])) ++humps;
  }
  return text.size() >= shortest_secret && (longest >= 6 || humps * 4 > text.size());
}

// A word, a number, or a word beside a number of at most four digits.
bool is_plain(std::string_view text) {
  std::size_t digits_before = 0;
  while (digits_before < text.size() && is_digit(text[digits_before])) ++digits_before;
  std::size_t digits_behind = 0;
  while (digits_behind < text.size() - digits_before &&
         is_digit(text[text.size() - 1 - digits_behind]))
    ++digits_behind;
  const std::string_view middle =
      text.substr(digits_before, text.size() - digits_before - digits_behind);
  if (middle.empty()) return true;
  if (digits_before > 4 || digits_behind > 4) return false;
  return std::all_of(middle.begin(), middle.end(), is_letter) && !is_random_letters(middle);
}

bool is_wrapped(std::string_view value) {
  constexpr std::string_view open = "<{[(%@_";
  constexpr std::string_view close = ">}])%@_";
  const std::size_t kind = open.find(value.front());
  if (kind != std::string_view::npos && value.back() == close[kind]) return true;
  if (value.front() == '$' && std::all_of(value.begin() + 1, value.end(), [](char c) {
        return is_letter(c) || is_digit(c) || c == '_';
      }))
    return true;
  const std::size_t angle = value.find('<');
  return (angle != std::string_view::npos && value.find('>', angle) != std::string_view::npos) ||
         contains(value, "${") || contains(value, "{{") || contains(value, "$(");
}

bool is_reference(std::string_view value) {
  constexpr std::array<std::string_view, 7> prefixes = {
      "arn:", "encrypted:", "ENC[", "vault:", "ssm:", "file:", "env:"};
  if (contains(value, "://")) return true;
  if (std::any_of(prefixes.begin(), prefixes.end(),
                  [&](std::string_view prefix) { return value.starts_with(prefix); }))
    return true;
  const bool path = value.front() == '/' || value.starts_with("./") || value.starts_with("~/");
  return path && std::none_of(value.begin(), value.end(),
                              [](char c) { return is_upper(c) || c == '+' || c == '='; });
}

// `aaaaaaaa`, `1234567890`, `abcdef0123456789`: typed, not drawn.
bool is_pattern(std::string_view value) {
  std::bitset<256> seen;
  std::size_t steps = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    seen.set(static_cast<unsigned char>(value[i]));
    const int step = i == 0 ? 9 : value[i] - value[i - 1];
    if (step >= -1 && step <= 1) ++steps;
  }
  return seen.count() <= 4 || steps * 2 >= value.size();
}

// `change-me`, `your key here`. In small letters.
bool says_so(const std::string& lower) { return contains_any(lower, hints) || lower.ends_with("here"); }

bool is_number(std::string_view value) {
  return value.find_first_not_of("0123456789.,:_+-") == std::string_view::npos;
}

}  // namespace

bool names_secret(std::string_view key) {
  const std::vector<std::string> parts = parts_of(key);
  if (parts.empty() || is_one_of(parts.back(), harmless_ends)) return false;
  bool secret = false;
  for (const std::string& part : parts) {
    if (is_one_of(part, public_parts)) return false;
    secret = secret || is_secret_part(part);
  }
  return secret;
}

bool is_placeholder(std::string_view value) {
  if (value.empty() || is_wrapped(value) || is_reference(value) || value.starts_with('@')) return true;
  return says_so(base::to_lower(value));
}

bool looks_real(std::string_view value) {
  if (value.size() < shortest_secret || contains(value, " ") || contains(value, "\t")) return false;
  if (is_wrapped(value) || is_reference(value) || is_number(value) || is_pattern(value))
    return false;
  const std::string lower = base::to_lower(value);
  if (says_so(lower)) return false;
  std::string rest = without_weak_words(value, lower);
  rest = without_weak_words(rest, unleeted(rest));
  std::size_t odd = 0;
  std::string_view left = rest;
  while (!left.empty()) {
    const auto end = std::find_if(left.begin(), left.end(), [](char c) {
      return !is_letter(c) && !is_digit(c) && (c & 0x80) == 0;
    });
    const std::string_view piece = left.substr(0, static_cast<std::size_t>(end - left.begin()));
    if (!is_plain(piece)) odd += piece.size();
    left.remove_prefix(std::min(piece.size() + 1, left.size()));
  }
  return odd >= shortest_secret;
}

std::string_view url_password(std::string_view value) {
  const std::size_t scheme = value.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string_view authority = value.substr(scheme + 3);
  authority = authority.substr(0, authority.find_first_of("/?#"));
  const std::size_t at = authority.rfind('@');
  if (at == std::string_view::npos) return {};
  const std::string_view user = authority.substr(0, at);
  const std::size_t colon = user.find(':');
  return colon == std::string_view::npos ? std::string_view() : user.substr(colon + 1);
}

}  // namespace sluice::policy
