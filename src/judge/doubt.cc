#include "judge/doubt.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/text.h"
#include "judge/line.h"
#include "judge/literal.h"
#include "judge/word_cursor.h"
#include "judge/word_set.h"

namespace sluice::judge {
namespace {

constexpr std::size_t least_token = 7;    // bytes of what is held against the forms of tokens
constexpr std::size_t least_odd = 20;
constexpr std::size_t least_count = 12;
constexpr std::size_t least_repeat = 8;    // of one byte in a row
constexpr std::size_t least_signature = 20;
constexpr std::size_t most_counted = 256;  // bytes that are looked at
constexpr std::size_t before_bare_name = 192;

constexpr WordSet last_words_of_ids({"id", "ids", "identifier", "uid", "uuid", "guid", "name", "file", "filename", "path", "dir",
                                     "url", "uri", "host", "type", "label", "hint", "title", "message", "text", "tooltip",
                                     "placeholder", "caption", "regex", "pattern", "alias", "signature", "sig", "nonce", "iv",
                                     "tag", "etag", "digest", "timestamp", "fingerprint", "thumbprint"});
constexpr WordSet last_words_of_labels({"label", "hint", "title", "message", "tooltip", "placeholder", "caption", "regex",
                                        "pattern", "error", "field", "id", "name"});
constexpr WordSet public_words({"csrf", "xsrf", "authenticity", "antiforgery", "public", "publishable", "pub", "checksum", "next", "page", "continuation",
                                "pagination", "resume", "vault"});
constexpr WordSet false_words({"fake", "dummy", "bad", "invalid", "wrong", "bogus", "mock", "mocked", "sample", "placeholder"});
constexpr WordSet bare_words({"api", "key", "apikey", "token", "secret", "access", "auth", "the", "my"});
// Names of what people choose themselves, so that it may hold any sign.
constexpr WordSet chosen_words({"secret", "crypt", "encrypt", "encryption", "cipher", "sign", "signing", "salt", "session",
                                "cookie", "webhook", "pass", "passphrase", "hmac", "seed"});

bool is_password(const Subject& subject) {
  const std::string_view keyword = part(subject.text, subject.keyword);
  for (const std::string_view one : {"pass", "pwd", "psw", "senha", "kennwort"}) {
    if (base::equals_ignoring_case(keyword, one)) return true;
  }
  return false;
}

// Names of secrets of one's own, though a provider is named: those are chosen, not issued.
constexpr WordSet own_words({"webhook", "sign", "signing", "session", "cookie", "encrypt", "encryption", "cipher", "salt",
                             "seed", "hmac", "jwt", "state"});

// A JSON Web Token's header without the rest, with more behind it, or with a signature that is none: no token that
// anybody takes.
bool is_broken_jwt(std::string_view value) {
  if (!value.starts_with("eyJhbGciOi") && !value.starts_with("eyJ0eXAiOi")) return false;
  const auto dots = std::count(value.begin(), value.end(), '.');
  if (dots == 4) return false;  // encrypted (RFC 7516)
  return dots != 2 || value.size() - value.rfind('.') - 1 < least_signature;  // signed (RFC 7515)
}

constexpr bool is_production(std::uint32_t hash) { return hash == hash_of("prod") || hash == hash_of("production"); }

// What the words of a name say.
struct NameWords {
  std::uint32_t last = 0;
  std::uint32_t before_last = 0;
  bool is_public = false, is_false = false, is_bare = true, is_chosen = false, is_own = false;
  bool names_key = false;
};

NameWords words_of(std::string_view name) {
  NameWords words;
  for_each_word(name, [&](std::string_view, std::uint32_t hash) {
    words.before_last = words.last;
    words.last = hash;
    words.is_public |= public_words.holds(hash);
    words.is_false |= false_words.holds(hash);
    // `nonExistentKey`, but `nonProdKey` is one.
    words.is_false |= words.before_last == hash_of("non") && !is_production(hash);
    words.is_chosen |= chosen_words.holds(hash);
    words.is_own |= own_words.holds(hash);
    words.is_bare &= bare_words.holds(hash);
  });
  words.names_key = base::contains_ignoring_case(name, "key") || base::contains_ignoring_case(name, "token");
  return words;
}

// `secret_id` is the secret itself, of HashiCorp Vault and of Tencent's cloud.
bool names_an_id(const NameWords& words, bool is_password) {
  if (is_password) return last_words_of_labels.holds(words.last);
  return last_words_of_ids.holds(words.last) && words.before_last != hash_of("secret");
}

// Tokens are letters, digits, the signs of base64 and base64url, and what joins their parts.
bool has_odd_sign(std::string_view value) {
  if (value.size() >= least_token && (value.front() == '=' || value.front() == '?')) return true;
  if (value.size() < least_odd || value.starts_with("http") || value.front() == '{') return false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (c == '%') {
      if (i + 2 >= value.size() || !is(value[i + 1], hexadecimal) || !is(value[i + 2], hexadecimal)) return true;
    } else if (!is(c, word) && std::string_view("-.+/=:~|\\").find(c) == std::string_view::npos) {
      return true;
    }
  }
  return false;
}

std::size_t longest_repeat(std::string_view value) {
  std::size_t longest = 0, run = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    run = i > 0 && value[i] == value[i - 1] && is(value[i], alphanumeric) ? run + 1 : 1;
    longest = std::max(longest, run);
  }
  return longest;
}

bool has_other_form(const Providers& providers, const Subject& subject, const NameWords& words) {
  const std::string_view value = part(subject.text, subject.value);
  if (value.size() < least_token) return false;
  if (providers.issue(value) || is_broken_jwt(value)) return true;
  if (words.is_own) return false;
  const rules::Span line = line_of(subject);
  if (providers.is_word_of(part(subject.text, subject.name))) return true;
  if (providers.are_named_in(subject.text.substr(line.begin, subject.value.begin - line.begin))) return true;
  if (!words.is_bare) return false;
  const std::size_t begin = subject.value.begin - std::min(before_bare_name, subject.value.begin);
  return providers.are_named_in(subject.text.substr(begin, subject.value.begin - begin));
}

}  // namespace

std::size_t longest_count(std::string_view text) {
  std::array<char, most_counted> signs;
  std::size_t size = 0;
  for (const char c : text) {
    if (size == signs.size()) break;
    if (is(c, alphanumeric)) signs[size++] = to_lower(c);
  }
  std::size_t longest = 0;
  for (std::size_t stride = 1; stride <= 6; ++stride) {
    int last = 0;
    std::size_t run = 0;
    for (std::size_t i = stride; i < size; ++i) {
      int step = signs[i] - signs[i - stride];
      // Behind 9 comes 0, behind z a.
      const int around = is(signs[i], digit) ? 10 : 26;
      if (is(signs[i], digit) == is(signs[i - stride], digit) && (step - last) % around == 0) step = last;
      run = step == 0 || std::abs(step) > static_cast<int>(stride) ? 0 : step == last ? run + 1 : 1;
      last = step;
      if (run > 0) longest = std::max(longest, run + stride);
    }
  }
  return longest;
}

Doubt doubt_about(const Providers& providers, const Subject& subject) {
  if (subject.shape != rules::Shape::assignment) return Doubt::none;
  const std::string_view value = part(subject.text, subject.value);
  const NameWords words = words_of(part(subject.text, subject.name));
  const bool may_be_anything = is_password(subject);
  if (words.is_false) return Doubt::false_name;
  if (names_an_id(words, may_be_anything)) return Doubt::public_name;
  if (may_be_anything) return Doubt::none;
  if (is_uuid(value)) return Doubt::uuid;
  if (words.is_public) return Doubt::public_name;
  if (value.find("EXAMPLE") != std::string_view::npos) return Doubt::false_name;  // in AWS's documents
  if (longest_count(value) >= least_count || longest_repeat(value) >= least_repeat) return Doubt::counted;
  if (words.names_key && !words.is_chosen && has_odd_sign(value)) return Doubt::odd_sign;
  return has_other_form(providers, subject, words) ? Doubt::other_form : Doubt::none;
}

std::string_view words_for(Doubt doubt) {
  switch (doubt) {
    case Doubt::none: break;
    case Doubt::uuid: return "a UUID is an id more often";
    case Doubt::public_name: return "its name is one of what is no secret";
    case Doubt::false_name: return "it says of itself that it is none";
    case Doubt::counted: return "it counts up or down";
    case Doubt::odd_sign: return "it has signs that keys and tokens do not have";
    case Doubt::other_form: return "it has another form than what the provider named issues";
  }
  return {};
}

}  // namespace sluice::judge
