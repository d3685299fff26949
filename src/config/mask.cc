#include "config/mask.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace sluice::config {
namespace {

constexpr std::string_view mask = "[masked]";
constexpr std::size_t longest_line = 200;
constexpr std::size_t least_random_word = 16;

// Found anywhere in a key, in lower case and without `_`, `-` and `.`.
constexpr std::array<std::string_view, 16> secret_words = {
    "password",   "passwd",        "passphrase", "secret",          "token",  "credential",
    "apikey",     "accesskey",     "privatekey", "authorization",   "bearer", "fernetkey",
    "signingkey", "encryptionkey", "dsn",        "connectionstring"};
// The last word of a key, or all of it.
constexpr std::array<std::string_view, 6> secret_last_words = {"key",  "pwd", "pass",
                                                               "auth", "pat", "salt"};

bool is_separator(char c) { return c == '_' || c == '-' || c == '.' || c == ' '; }
bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_alpha(c) || is_digit(c) || c == '+' || c == '='; }
bool is_key_char(char c) { return is_alpha(c) || is_digit(c) || is_separator(c); }

// Where the value of the `key:` or `key =` at or behind `from` starts; npos when there is none.
std::size_t find_value(std::string_view line, std::size_t from) {
  for (std::size_t i = from; i < line.size(); ++i) {
    const bool is_colon = line[i] == ':' && (i + 1 == line.size() || line[i + 1] == ' ' ||
                                             line[i + 1] == '\t' || (i > 0 && line[i - 1] == '"'));
    if (is_colon || line[i] == '=') return i + 1;
  }
  return std::string_view::npos;
}

// The key that ends right before the `:` or `=` at `at`.
std::string_view key_before(std::string_view line, std::size_t at) {
  while (at > 0 && (line[at - 1] == ' ' || line[at - 1] == '"' || line[at - 1] == '\'')) --at;
  std::size_t start = at;
  while (start > 0 && is_key_char(line[start - 1])) --start;
  return line.substr(start, at - start);
}

// Masks all behind the first key that looks secret.
std::string mask_secret_keys(std::string_view line) {
  for (std::size_t value = find_value(line, 0); value != std::string_view::npos;
       value = find_value(line, value)) {
    if (!looks_secret(key_before(line, value - 1))) continue;
    if (base::trim(line.substr(value)).empty()) return std::string(line);
    return std::string(line.substr(0, value)) + " " + std::string(mask);
  }
  return std::string(line);
}

std::string mask_everything(std::string_view line) {
  if (base::trim(line).empty()) return {};
  const std::size_t value = find_value(line, 0);
  if (value != std::string_view::npos) {
    const bool is_empty = base::trim(line.substr(value)).empty();
    return std::string(line.substr(0, value)) + (is_empty ? "" : " " + std::string(mask));
  }
  const std::size_t indent = line.find_first_not_of(" \t-");
  return std::string(line.substr(0, std::min(indent, line.size()))) + std::string(mask);
}

// `scheme://user:password@host` without what stands before the `@`.
std::string mask_urls(std::string_view line) {
  std::string result;
  while (true) {
    const std::size_t scheme = line.find("://");
    if (scheme == std::string_view::npos) return result + std::string(line);
    const std::size_t end = std::min(line.find_first_of(" \t\"'", scheme + 3), line.size());
    const std::size_t at = line.substr(0, end).rfind('@');
    result += line.substr(0, scheme + 3);
    const bool has_user = at != std::string_view::npos && at > scheme;
    if (has_user) result += mask;
    const std::size_t rest = has_user ? at : scheme + 3;
    result += line.substr(rest, end - rest);
    line.remove_prefix(end);
  }
}

// The end of the word at `at`, which is where it begins when there is none.
std::size_t end_of_word(std::string_view line, std::size_t at) {
  while (at < line.size() && is_word(line[at])) ++at;
  return at;
}

// Letters and digits mixed, as tokens are.
bool is_random(std::string_view word) {
  return word.size() >= least_random_word && std::any_of(word.begin(), word.end(), is_alpha) &&
         std::count_if(word.begin(), word.end(), is_digit) >= 2;
}

std::string mask_random_words(std::string_view line) {
  std::string result;
  std::size_t kept = 0;  // what lies before is in `result`
  for (std::size_t at = 0; at < line.size(); ++at) {
    const std::size_t end = end_of_word(line, at);
    if (is_random(line.substr(at, end - at))) {
      result += line.substr(kept, at - kept);
      result += mask;
      kept = end;
    }
    at = std::max(at, end);
  }
  return result += line.substr(kept);
}

}  // namespace

bool looks_secret(std::string_view key) {
  std::string joined = base::to_lower(key.substr(0, 256));
  const std::size_t last = joined.find_last_of("_-. ");
  const std::string_view last_word =
      std::string_view(joined).substr(last == std::string::npos ? 0 : last + 1);
  const bool by_last_word = std::find(secret_last_words.begin(), secret_last_words.end(),
                                      last_word) != secret_last_words.end();
  std::erase_if(joined, is_separator);
  return by_last_word ||
         std::any_of(secret_words.begin(), secret_words.end(),
                     [&](std::string_view word) { return joined.find(word) != std::string::npos; });
}

std::string masked_line(std::string_view line, bool is_secret) {
  // Cut first: what is masked must be seen whole, so the cut end is dropped with its last word.
  const bool is_long = line.size() > longest_line;
  if (is_long) {
    line = line.substr(0, longest_line);
    const std::size_t blank = line.find_last_of(" \t,");
    line = line.substr(0, blank == std::string_view::npos ? 0 : blank);
  }
  const std::string by_key = is_secret ? mask_everything(line) : mask_secret_keys(line);
  return mask_random_words(mask_urls(by_key)) + (is_long ? " ..." : "");
}

std::string masked_value(std::string_view text) { return mask_random_words(mask_urls(text)); }

std::string shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return std::string(text.substr(0, most)) + "...";
}

}  // namespace sluice::config
