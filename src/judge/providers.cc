#include "judge/providers.h"

#include <algorithm>
#include <string>

#include "judge/word_cursor.h"
#include "judge/word_set.h"

namespace sluice::judge {
namespace {

constexpr std::size_t shortest_name = 5;
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

// Beginnings that many providers' tokens have, or none's.
constexpr WordSet common_prefixes({"key", "api", "token", "secret", "access", "private", "public", "live", "test", "auth",
                                   "user", "service", "session", "client", "app", "base", "bearer", "basic"});

// A rule about a name looks for it in small letters; one about a token has the token's own case, or its signs.
bool is_name(std::string_view keyword) {
  return keyword.size() >= shortest_name && keyword.size() <= longest_name &&
         std::all_of(keyword.begin(), keyword.end(), [](char c) { return is(c, lower); });
}

bool is_prefix(const rules::Rule& rule, std::string_view keyword) {
  if (keyword.size() < shortest_prefix || keyword.size() > longest_prefix) return false;
  if (!std::all_of(keyword.begin(), keyword.end(), [](char c) { return is(c, word) || c == '-' || c == '.'; })) return false;
  if (is(keyword.back(), alphanumeric)) {
    std::string capitals(keyword);
    for (char& c : capitals) c = static_cast<char>(is(c, lower) ? c - ('a' - 'A') : c);
    return rule.pattern.find('(' + capitals) != std::string_view::npos ||
           rule.pattern.find('|' + capitals) != std::string_view::npos;
  }
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

void Providers::learn() const {
  for (const rules::Rule* rule : rules_) {
    if (rule->is_judged || rule->secret_group == 0) continue;
    for (const std::string_view keyword : rule->keywords) {
      const bool is_provider = rule->id.starts_with(keyword.substr(0, shortest_name));
      if (is_provider && is_name(keyword) && !ordinary_words.holds(hash_of(keyword))) names_.add(hash_of(keyword));
      if (keyword.size() < shortest_name && keyword == rule->id.substr(0, rule->id.find('-'))) short_names_.add(hash_of(keyword));
      if (is_prefix(*rule, keyword)) prefixes_.add(hash_of(keyword));
    }
  }
  names_.close();
  short_names_.close();
  prefixes_.close();
}

bool Providers::begins_name(std::string_view text) const {
  std::uint32_t hash = hash_start;
  std::size_t letters = 0;
  for (std::size_t i = 0; i < text.size() && letters < longest_name; ++i) {
    if (is(text[i], letter)) {
      hash = hash_byte(hash, text[i]);
      if (++letters >= shortest_name && names_.hold(hash)) return true;
    } else if (!joins(text[i]) || (i > 0 && !is(text[i - 1], letter))) {
      return false;
    }
  }
  return false;
}

bool Providers::are_named_in(std::string_view text) const {
  std::call_once(learnt_, [this] { learn(); });
  if (names_.sorted.empty()) return false;
  bool found = false;
  for_each_word(text, [&](std::string_view one, std::uint32_t) {
    found = found || begins_name(text.substr(static_cast<std::size_t>(one.data() - text.data())));
  });
  return found;
}

bool Providers::is_word_of(std::string_view name) const {
  std::call_once(learnt_, [this] { learn(); });
  bool found = false;
  for_each_word(name, [&](std::string_view, std::uint32_t hash) { found = found || short_names_.hold(hash); });
  return found;
}

bool Providers::issue(std::string_view value) const {
  std::call_once(learnt_, [this] { learn(); });
  std::uint32_t hash = hash_start;
  for (std::size_t i = 0; i < std::min(value.size(), longest_prefix); ++i) {
    hash = hash_byte(hash, value[i]);
    if (i + 1 >= shortest_prefix && prefixes_.hold(hash)) return true;
  }
  return false;
}

}  // namespace sluice::judge
