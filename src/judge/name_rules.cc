#include "judge/name_rules.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "judge/word_cursor.h"
#include "judge/word_set.h"

namespace sluice::judge {

using rules::Span;

namespace {

struct Continuations {
  std::string_view keyword;
  std::array<std::string_view, 17> rests;  // those that are empty end it
};

constexpr Continuations continuations[] = {
    {"auth", {"or"}},
    {"pass", {"ing", "ed", "es", "age", "ive", "port", "thr", "eng"}},
    {"key", {"word", "board", "frame", "stroke", "press", "size", "len", "note", "pad", "code", "space", "up", "down",
             "ed", "map", "sym", "ing"}},
    {"token", {"ize", "izi", "ise", "iza"}},
    {"secret", {"ary", "ari", "ion"}},
    {"cred", {"it", "ib"}},
    {"seed", {"ing", "ling"}},
};

// The bytes right before `at` are `text`, whatever their case.
bool stands_before(Peek& peek, std::size_t at, std::string_view text) {
  for (std::size_t i = text.size(); i > 0; --i, --at) {
    if (to_lower(peek.before(at)) != text[i - 1]) return false;
  }
  return true;
}

bool is_keyword(Peek& peek, Span keyword, std::string_view text) {
  return keyword.end - keyword.begin == text.size() && stands_before(peek, keyword.end, text);
}

struct Beginnings {
  std::string_view keyword;
  std::array<std::string_view, 10> starts;  // those that are empty end it
};

constexpr Beginnings beginnings[] = {
    {"key", {"mon", "don", "tur", "hoc", "joc", "whis", "lac", "mic", "smo", "h"}},
    {"pass", {"com", "by", "tres", "sur", "encom"}},
};

// The `key` of `monkey`, `hockey` and Windows' `HKEY`, the `pass` of `compass`, the `otp` of `rootPath`.
bool ends_another_word(Peek& peek, Span keyword) {
  for (const Beginnings& one : beginnings) {
    if (!is_keyword(peek, keyword, one.keyword)) continue;
    return std::any_of(one.starts.begin(), one.starts.end(), [&](std::string_view start) {
      if (start.empty() || !stands_before(peek, keyword.begin, start)) return false;
      // `s3.com/pass` and `hKey` have more words than one.
      return start.size() > 1 || !is(peek.before(keyword.begin - start.size()), letter);
    });
  }
  if (!is_keyword(peek, keyword, "otp")) return false;
  const char before = peek.before(keyword.begin);
  const bool is_kind = before == 't' || before == 'h' || before == 'T' || before == 'H';  // TOTP, HOTP
  return is(before, letter) && !(is_kind && !is(peek.before(keyword.begin - 1), letter)) &&
         !(is(before, lower) && is(peek.before(keyword.begin + 1), upper));
}

// `author`, but not `authorization`.
bool is_authorization(Peek& peek) {
  return peek.ahead_is("oriz") || peek.ahead_is("oris");
}

// `nonce="value", uri=`: one of several parameters of a header.
bool is_header_parameter(Peek& peek, Span value) {
  peek.move_to(value.end);
  while (peek.ahead() == '\\' || is(peek.ahead(), quote)) peek.move();
  if (peek.ahead() != ',') return false;
  peek.move();
  peek.skip(blank, 4);
  if (peek.skip(word, 24) == 0) return false;
  return peek.ahead() == '=' && peek.ahead(1) != '=';
}

bool is_public_key(Peek& peek, std::size_t key) {
  const char sign = peek.before(key);
  if (sign == '-' || sign == '_' || sign == ' ' || sign == '.') --key;
  if (stands_before(peek, key, "x:")) return true;
  return stands_before(peek, key, "pub") || stands_before(peek, key, "public") || stands_before(peek, key, "websocket");
}

bool is_public_auth(Peek& peek, Span keyword) {
  if (stands_before(peek, keyword.begin, "rsp") || stands_before(peek, keyword.begin, ";")) return true;
  peek.move_to(keyword.end);
  return peek.ahead_is("enticate") &&
         (stands_before(peek, keyword.begin, "www-") || stands_before(peek, keyword.begin, "proxy-"));
}

// What a name's last word says is about a secret, and none: `passwordLabel`, `key_spec`, `token_type`.
constexpr WordSet words_about({"label", "hint", "placeholder", "tooltip", "caption", "format", "spec", "algorithm", "alg", "regex",
                               "regexp", "pattern", "policy", "length", "size", "title", "message", "msg", "error", "errors",
                               "description", "type", "encoding", "version", "lifetime", "expiry", "expires", "ttl", "timeout",
                               "count", "status", "usage", "strength", "min", "max", "required", "utc", "date", "time",
                               "age", "days", "hours", "seconds"});

bool is_about_secrets(Peek& peek, Span keyword) {
  constexpr std::size_t longest_rest = 40;
  std::array<char, longest_rest> rest;
  std::size_t size = 0;
  peek.move_to(keyword.end);
  while (size < rest.size() && (is(peek.ahead(), word) || peek.ahead() == '-')) {
    rest[size++] = peek.ahead();
    peek.move();
  }
  std::string_view last;
  for_each_word({rest.data(), size}, [&](std::string_view one) { last = one; });
  return !last.empty() && words_about.holds(hash_of(last));
}

}  // namespace

bool is_part_of_another_word(Peek& peek, Span keyword) {
  if (ends_another_word(peek, keyword)) return true;
  if (!is(peek.ahead(), letter)) return false;
  // `passEdit` are two words.
  if (is(peek.ahead(), upper) && is(peek.before(keyword.end), lower)) return false;
  const char first = to_lower(peek.before(keyword.begin + 1));
  for (const Continuations& one : continuations) {
    if (one.keyword.front() != first || !is_keyword(peek, keyword, one.keyword)) continue;
    const auto continues = [&](std::string_view rest) { return !rest.empty() && peek.ahead_is(rest); };
    return std::any_of(one.rests.begin(), one.rests.end(), continues) && !is_authorization(peek);
  }
  return false;
}

bool is_public_name(Peek& peek, Span keyword, Span value) {
  if (is_about_secrets(peek, keyword)) return true;
  if (is_keyword(peek, keyword, "key")) return is_public_key(peek, keyword.begin);
  if (is_keyword(peek, keyword, "auth")) return is_public_auth(peek, keyword);
  if (!is_keyword(peek, keyword, "nonce")) return false;
  return stands_before(peek, keyword.begin, "c") || is_header_parameter(peek, value);
}

}  // namespace sluice::judge
