#include "judge/doubt.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "judge/counting.h"
#include "judge/literal.h"
#include "judge/value_forms.h"
#include "judge/word_cursor.h"
#include "judge/word_kinds.h"

namespace sluice::judge {

using namespace std::string_view_literals;
namespace {

constexpr std::size_t least_count = 12;
constexpr std::size_t least_repeat = 8;  // of one byte in a row
constexpr std::size_t shortest_seed = 20;
constexpr std::size_t shortest_key = 10;

// What a word in a name, or its last one, says.
enum NameWord : std::uint32_t {
  last_of_id = 1,
  last_of_label = 2,
  of_public = 4,
  of_false = 8,
  of_bare = 16,
  of_chosen = 32,  // names of what people choose themselves, so that it may hold any sign
  of_own = 64,     // names of secrets of one's own, though a provider is named: those are chosen, not issued
  looks_for = 128,  // what a method with `key` or `token` behind it does: `containsKey("name")`
  key_or_token = 256,
  is_key = 512,
  is_seed_word = 1024,
  is_secret_word = 2048,
  is_non = 4096,
  of_production = 8192,
};

constexpr WordKinds<256> name_words({
    {last_of_id, {"id", "ids", "identifier", "uid", "uuid", "guid", "name", "file", "filename", "path", "dir", "url", "uri", "host",
                  "type", "label", "hint", "title", "message", "text", "tooltip", "placeholder", "caption", "regex", "pattern",
                  "alias", "signature", "sig", "nonce", "iv", "tag", "etag", "digest", "timestamp", "fingerprint", "thumbprint"}},
    {last_of_label, {"label", "hint", "title", "message", "tooltip", "placeholder", "caption", "regex", "pattern", "error",
                     "field", "id", "name"}},
    {of_public, {"csrf", "xsrf", "authenticity", "antiforgery", "public", "publishable", "pub", "checksum", "next", "page",
                 "continuation", "pagination", "resume", "vault"}},
    {of_false, {"fake", "dummy", "bad", "invalid", "wrong", "bogus", "mock", "mocked", "stub", "sample", "placeholder"}},
    {of_bare, {"api", "key", "apikey", "token", "secret", "access", "auth", "the", "my"}},
    {of_chosen, {"secret", "crypt", "encrypt", "encryption", "cipher", "sign", "signing", "salt", "session", "cookie", "webhook",
                 "pass", "passphrase", "hmac", "seed"}},
    {of_own, {"webhook", "sign", "signing", "session", "cookie", "encrypt", "encryption", "cipher", "salt", "seed", "hmac", "jwt",
              "state"}},
    {looks_for, {"contain", "contains", "has", "have", "get", "find", "remove", "delete", "lookup"}},
    {key_or_token, {"key", "token"}},
    {is_key, {"key"}},
    {is_seed_word, {"seed"}},
    {is_secret_word, {"secret"}},
    {is_non, {"non"}},
    {of_production, {"prod", "production"}},
});

bool is_password(const Subject& subject) {
  const std::string_view keyword = part(subject.text, subject.keyword);
  if (keyword.size() > 8) return false;
  static constexpr std::array passwords = {"pass"sv, "pwd"sv, "psw"sv, "senha"sv, "kennwort"sv};
  return std::any_of(passwords.begin(), passwords.end(), [&](auto one) { return base::equals_ignoring_case(keyword, one); });
}

// What the words of a name say: the NameWord bits of the last two, of any of them, and of all.
struct Said {
  std::uint32_t last = 0;
  std::uint32_t before_last = 0;
  std::uint32_t any = 0;
  std::uint32_t all = ~0u;
  bool is_false = false, is_looked_for = false;
  std::size_t count = 0;

  bool is_bare() const { return (all & of_bare) != 0; }
  bool is_chosen() const { return (any & of_chosen) != 0; }
};

Said what_is_said_by(const NameWords& name) {
  Said said;
  for (std::size_t i = 0; i < name.all().size(); ++i) {
    const Word& one = name.all()[i];
    const std::uint32_t kinds = name_words.may_hold(name.text()[one.begin], one.size) ? name_words.of(name.hashes()[i]) : 0;
    said.before_last = said.last;
    said.last = kinds;
    said.any |= kinds;
    said.all &= kinds;
    ++said.count;
    said.is_looked_for |= (said.before_last & looks_for) != 0 && (kinds & key_or_token) != 0;
    // `nonExistentKey`, but `nonProdKey` is one.
    said.is_false |= (kinds & of_false) != 0 || ((said.before_last & is_non) != 0 && (kinds & of_production) == 0);
  }
  return said;
}

bool names_key(std::string_view name) {
  return base::contains_ignoring_case(name, "key") || base::contains_ignoring_case(name, "token");
}

// `secret_id` is the secret itself, of HashiCorp Vault and of Tencent's cloud.
bool names_an_id(const Said& words, bool is_password) {
  if (is_password) return (words.last & last_of_label) != 0;
  return (words.last & last_of_id) != 0 && (words.before_last & is_secret_word) == 0;
}

// Whether the quote before the value closes a string that began on its line.
bool is_outside_string(const Subject& subject, const Context& context) {
  const std::string_view text = subject.text;
  const std::size_t line = context.line().begin;
  if (subject.value.begin < line + 2 || text[subject.value.begin - 1] != '"') return false;
  if (line > 0 && !is(text[line - 1], line_end)) return false;  // a long line, of which the start is not known
  bool in_string = false;
  for (std::size_t i = line; i + 1 < subject.value.begin; ++i) {
    if (text[i] != '"' || (i > line && text[i - 1] == '\\')) continue;
    const bool is_character = i > line && text[i - 1] == '\'' && text[i + 1] == '\'';
    if (!is_character) in_string = !in_string;
  }
  return in_string && text[subject.value.begin - 2] != '\\';
}

// Letters or digits of one kind, `least_repeat` in a row.
bool repeats(std::string_view value) {
  std::size_t run = 0;
  for (std::size_t i = 0; i < value.size() && run < least_repeat; ++i) {
    run = i > 0 && value[i] == value[i - 1] && is(value[i], alphanumeric) ? run + 1 : 1;
  }
  return run >= least_repeat;
}

bool repeats(const ValueBytes& value, std::string_view whole) {
  return value.is_short() ? has_run(value.same_later(1) & value.alphanumerics(), least_repeat - 1) : repeats(whole);
}

bool is_crossed_out(const ValueBytes& value, std::string_view whole) {
  constexpr std::string_view crosses = "xxxx";
  return value.is_short() ? has_run(value.equal_in_any_case(crosses.front()), crosses.size())
                          : base::contains_ignoring_case(whole, crosses);
}

bool has_other_form(const Providers& providers, const Subject& subject, const Context& context, const Said& words) {
  const std::string_view value = part(subject.text, subject.value);
  if (value.size() < least_token) return false;
  if (providers.issue(value) || is_broken_jwt(value)) return true;
  if ((words.any & of_own) != 0) return false;
  if (providers.is_word_of(context.name())) return true;
  const std::string_view ahead = part(subject.text, {0, subject.value.begin});
  // A bare name belongs to the provider named before, perhaps lines before.
  const std::size_t near = ahead.size() - std::min(Context::near, ahead.size());
  if (!words.is_bare() || context.line().begin <= near) return providers.are_named_in(ahead, context.words_before());
  return providers.are_named_in(ahead, Words(context.map_before(), ahead, {near, ahead.size()}).all());
}

}  // namespace

Doubt doubt_about(const Providers& providers, const Subject& subject, const Context& context) {
  if (subject.shape != rules::Shape::assignment) return Doubt::none;
  const std::string_view value = part(subject.text, subject.value);
  const std::string_view name = part(subject.text, subject.name);
  const unsigned traits = value.size() <= ValueBytes::most ? context.value().any() : ~0u;
  const Said words = what_is_said_by(context.name());
  const bool may_be_anything = is_password(subject);
  if (words.is_false) return Doubt::false_name;
  if (names_an_id(words, may_be_anything)) return Doubt::public_name;
  if ((traits & is_percent) != 0 && is_format(value)) return Doubt::format;
  if (((traits & is_colon) != 0 && is_address(value)) || ((traits & is_odd) != 0 && is_mail_address(value))) return Doubt::address;
  if (is_reply(value)) return Doubt::reply;
  if (is_crossed_out(context.value(), value)) return Doubt::false_name;
  if (is_outside_string(subject, context)) return Doubt::outside_string;
  if (may_be_anything) return Doubt::none;
  if (is_uuid(value)) return Doubt::uuid;
  if ((words.any & of_public) != 0 || words.is_looked_for) return Doubt::public_name;
  if (is_false_value(context.value(), value) || is_mock_uuid(value)) return Doubt::false_name;  // AWS's documents have EXAMPLE in them
  if (is_plain_number(value) || ((words.last & is_seed_word) != 0 && value.size() < shortest_seed)) return Doubt::number;
  if (words.count == 1 && (words.last & is_key) != 0) return Doubt::bare_key;
  const auto is_issued_key = [&] { return !words.is_chosen() && names_key(name); };
  if (value.size() < shortest_key && is_issued_key()) return Doubt::short_key;
  if (counts(context.value(), value, least_count) || repeats(context.value(), value)) return Doubt::counted;
  if (has_odd_sign(value, traits) && is_issued_key()) return Doubt::odd_sign;
  return has_other_form(providers, subject, context, words) ? Doubt::other_form : Doubt::none;
}

std::string_view words_for(Doubt doubt) {
  switch (doubt) {
    case Doubt::none: break;
    case Doubt::uuid: return "a UUID is an id more often";
    case Doubt::public_name: return "its name is one of what is no secret";
    case Doubt::outside_string: return "the quote before it closes a string";
    case Doubt::false_name: return "it says of itself that it is none";
    case Doubt::number: return "it is a plain number";
    case Doubt::format: return "it is a format, to be filled in";
    case Doubt::counted: return "it counts up or down";
    case Doubt::bare_key: return "keys open doors, and maps and caches more often";
    case Doubt::short_key: return "keys and tokens are longer";
    case Doubt::address: return "it is an address";
    case Doubt::odd_sign: return "it has signs that keys and tokens do not have";
    case Doubt::reply: return "it reads as the reply of a server";
    case Doubt::other_form: return "it has another form than what the provider named issues";
  }
  return {};
}

}  // namespace sluice::judge
