#include "judge/providers.h"

#include <algorithm>

#include "base/text.h"
#include "judge/word_cursor.h"
#include "judge/word_set.h"

namespace sluice::judge {
namespace {

constexpr std::size_t shortest_name = 5;
constexpr std::size_t start_size = 4;  // letters by which most words are told from names
static_assert(start_size + 1 == shortest_name);
constexpr std::size_t longest_name = 24;
constexpr std::size_t shortest_prefix = 4;
constexpr std::size_t longest_prefix = 24;

// Names of providers that are words of many other names.
constexpr WordSet ordinary_words({"abstract", "branch",   "chatbot",  "column",  "convert", "courier",  "cursor",   "daily",
                                  "enigma",   "envoy",    "eraser",   "filter",  "float",   "front",    "guardian", "harvest",
                                  "holistic", "humanity", "hunter",   "impala",  "karma",   "magnetic", "meta",     "monday",
                                  "nimble",   "notion",   "particle", "phrase",  "polygon", "privacy",  "prospect", "railway",
                                  "raven",    "readme",   "render",   "sanity",  "scale",   "segment",  "signer",   "square",
                                  "stock",   "together", "twist",   "upstage", "mysql",    "drone",    "checkout"});

// First words of rules that are no provider's name, or that of one with secrets of many forms.
constexpr WordSet no_providers({"apify", "connection", "database", "django", "docker", "elastic", "fireworks", "gitlab", "google",
                                "gradle", "harness", "ionic", "kerberos", "kubeconfig", "kubernetes", "laravel", "linear",
                                "microsoft", "octopus", "openshift", "oracle", "paddle", "persona", "perplexity",
                                "polar", "prefect", "private", "rails", "react", "redis", "resend", "slack", "spectral",
                                "terraform", "teamwork", "vmware", "wallet", "wireguard", "wordpress", "password"});

// Beginnings that many providers' tokens have, or none's.
constexpr WordSet common_prefixes({"key", "api", "token", "secret", "access", "private", "public", "live", "test", "auth",
                                   "user", "service", "session", "client", "app", "base", "bearer", "basic"});

// A number for four letters, whatever their case. In the number `letters` the first is lowest.
std::uint32_t place_of_start(std::uint32_t letters) { return (letters & 0x1F1F1F1Fu) * 0x9E3779B1u >> 16; }

std::uint32_t with_letter(std::uint32_t letters, char c) { return letters >> 8 | std::uint32_t{static_cast<unsigned char>(c)} << 24; }

// The number of a word's first letters.
std::uint32_t start_of(std::string_view word) {
  std::uint32_t start = 0;
  for (std::size_t i = 0; i < start_size; ++i) start = with_letter(start, word[i]);
  return start;
}

std::uint32_t place_of_hash(std::uint32_t hash) { return hash >> 16; }

// A rule about a name looks for it in small letters; one about a token has the token's own case, or its signs.
bool is_name(std::string_view keyword) {
  return keyword.size() >= shortest_name && keyword.size() <= longest_name &&
         std::all_of(keyword.begin(), keyword.end(), [](char c) { return is(c, lower); });
}

// Whether a choice of `pattern` begins with `keyword`, in capitals or with some: `(AKIA`, `|AIza`.
bool begins_alternative(std::string_view pattern, std::string_view keyword) {
  for (std::size_t i = 0; i + keyword.size() < pattern.size(); ++i) {
    if (pattern[i] != '(' && pattern[i] != '|') continue;
    const std::string_view start = pattern.substr(i + 1, keyword.size());
    if (base::equals_ignoring_case(start, keyword) && std::any_of(start.begin(), start.end(), [](char c) { return is(c, upper); })) {
      return true;
    }
  }
  return false;
}

bool is_prefix(const rules::Rule& rule, std::string_view keyword) {
  if (keyword.size() < shortest_prefix || keyword.size() > longest_prefix) return false;
  if (!std::all_of(keyword.begin(), keyword.end(), [](char c) { return is(c, word) || c == '-' || c == '.'; })) return false;
  if (is(keyword.back(), alphanumeric)) return begins_alternative(rule.pattern, keyword);
  const std::string_view start = keyword.substr(0, keyword.find_first_of("_-."));
  return start.size() + 1 < keyword.size() || !common_prefixes.holds(hash_of(start));
}

bool joins(char c) { return c == '_' || c == '-' || c == '.' || c == ' '; }

}  // namespace

void Providers::Hashes::add(std::uint32_t hash) {
  filter.set(hash % filter.size());
  sorted.push_back(hash);
}

void Providers::Hashes::close() { std::sort(sorted.begin(), sorted.end()); }

bool Providers::Hashes::hold(std::uint32_t hash) const {
  return filter.test(hash % filter.size()) && std::binary_search(sorted.begin(), sorted.end(), hash);
}

void Providers::add_name(std::string_view name) const {
  names_.add(hash_of(name));
  starts_.set(place_of_start(start_of(name)));
  std::uint32_t hash = hash_of(name.substr(0, start_size));
  for (const char c : name.substr(start_size)) {
    hash = hash_byte(hash, c);
    longer_starts_.set(place_of_hash(hash));
  }
}

void Providers::add_prefix(std::string_view prefix) const {
  prefixes_.add(hash_of(prefix));
  prefix_starts_.add(hash_of(prefix.substr(0, shortest_prefix)));
}

void Providers::learn() const {
  for (const rules::Rule* rule : rules_) {
    if (rule->is_judged || rule->secret_group == 0) continue;
    const std::string_view first = rule->id.substr(0, rule->id.find('-'));
    const std::uint32_t first_hash = hash_of(first);
    if (is_name(first) && !ordinary_words.holds(first_hash) && !no_providers.holds(first_hash)) add_name(first);
    for (const std::string_view keyword : rule->keywords) {
      const bool is_provider = rule->id.starts_with(keyword.substr(0, shortest_name));
      if (is_provider && is_name(keyword) && !ordinary_words.holds(hash_of(keyword))) add_name(keyword);
      if (keyword.size() < shortest_name && keyword == rule->id.substr(0, rule->id.find('-'))) short_names_.add(hash_of(keyword));
      if (is_prefix(*rule, keyword)) add_prefix(keyword);
    }
  }
  names_.close();
  short_names_.close();
  prefixes_.close();
  prefix_starts_.close();
}

// By its first four letters, which most words are told from names by.
bool Providers::may_begin_name(std::string_view text) const {
  std::uint32_t start = 0;
  std::size_t letters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is(text[i], letter)) {
      start = with_letter(start, text[i]);
      if (++letters == start_size) return starts_.test(place_of_start(start));
    } else if (!joins(text[i]) || (i > 0 && !is(text[i - 1], letter))) {
      return false;
    }
  }
  return false;
}

bool Providers::begins_name(std::string_view text) const {
  std::uint32_t hash = hash_start;
  std::size_t letters = 0;
  for (std::size_t i = 0; i < text.size() && letters < longest_name; ++i) {
    if (is(text[i], letter)) {
      hash = hash_byte(hash, text[i]);
      if (++letters < shortest_name) continue;
      if (!longer_starts_.test(place_of_hash(hash))) return false;
      if (names_.hold(hash)) return true;
    } else if (!joins(text[i]) || (i > 0 && !is(text[i - 1], letter))) {
      return false;
    }
  }
  return false;
}

bool Providers::are_named_in(std::string_view text, std::span<const Word> words) const {
  std::call_once(learnt_, [this] { learn(); });
  return std::any_of(words.begin(), words.end(), [&](const Word& one) {
    const std::string_view behind = text.substr(one.begin);
    const bool may_begin = one.size < start_size ? may_begin_name(behind) : starts_.test(place_of_start(start_of(behind)));
    return may_begin && begins_name(behind);
  });
}

bool Providers::is_word_of(const NameWords& name) const {
  std::call_once(learnt_, [this] { learn(); });
  for (std::size_t i = 0; i < name.all().size(); ++i) {
    if (name.all()[i].size < shortest_name && short_names_.hold(name.hashes()[i])) return true;
  }
  return false;
}

bool Providers::issue(std::string_view value) const {
  std::call_once(learnt_, [this] { learn(); });
  if (value.size() < shortest_prefix) return false;
  std::uint32_t hash = hash_of(value.substr(0, shortest_prefix));
  if (!prefix_starts_.hold(hash)) return false;
  if (prefixes_.hold(hash)) return true;
  for (std::size_t i = shortest_prefix; i < std::min(value.size(), longest_prefix); ++i) {
    hash = hash_byte(hash, value[i]);
    if (prefixes_.hold(hash)) return true;
  }
  return false;
}

}  // namespace sluice::judge
