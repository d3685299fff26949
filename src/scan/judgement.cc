#include "scan/judgement.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cmath>
#include <string>

#include "base/radix.h"
#include "base/text.h"
#include "judge/literal.h"

namespace sluice::scan {
namespace {

constexpr std::string_view stand_ins[] = {
    "example",     "placeholder", "changeme", "change_me", "change-me", "changeit",   "replaceme",
    "replace_me",  "replace-me",  "replace_with", "replace-with", "your_",    "your-",     "yourpass",  "yoursecret", "yourtoken",
    "yourkey",     "yourapi",     "xxxx",     "****",      "...",       "redacted",   "insert_",
    "insert-",     "<your",       "dummy",    "todo:",     "fixme",     "notreal",    "not_real",
    "not-a-real",  "not_a_real",  "fake_",    "fake-",     "_fake",     "-fake",      "placehold",
    "fakepass",    "fakepw",      "fakekey",  "faketoken", "fakesecret",
};

// Python's `%(name)s`; a key that was drawn at random may have its first two signs.
bool has_named_format(std::string_view text) {
  constexpr std::string_view name = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz0123456789.";
  for (std::size_t at = text.find("%("); at != std::string_view::npos; at = text.find("%(", at + 1)) {
    const std::size_t end = text.find_first_not_of(name, at + 2);
    if (end == std::string_view::npos || text[end] == ')') return true;
  }
  return false;
}

bool is_interpolation(std::string_view text) {
  const auto holds = [&](std::string_view part) { return text.find(part) != std::string_view::npos; };
  if (holds("${") || holds("{{") || holds("$(") || holds("#{") || holds("<%") || has_named_format(text)) return true;
  if (text.front() == '<' && text.back() == '>') return true;
  if (text.front() == '{' && text.back() == '}') return true;
  if (text.front() == '%' && text.back() == '%') return true;
  if (text.front() == '$' && text.find_first_not_of(
          "ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz0123456789", 1) == std::string_view::npos) {
    return true;
  }
  return text == "%s" || text == "%d" || text == "{}";
}

// Nearly every character follows from the one before it: equal, or one up or down.
bool is_counting_run(std::string_view text) {
  std::size_t steps = 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const int step = text[i] - text[i - 1];
    steps += step >= -1 && step <= 1;
    steps += text[i - 1] == '9' && (text[i] == '0' || text[i] == 'a' || text[i] == 'A');
    steps += (text[i] == '0' || text[i] == '1') && (text[i - 1] == 'z' || text[i - 1] == 'Z' ||
                                                    text[i - 1] == 'f' || text[i - 1] == 'F');
  }
  return text.size() >= 6 && steps * 10 >= (text.size() - 1) * 8;
}

}  // namespace

double shannon_entropy(std::string_view bytes) {
  if (bytes.empty()) return 0;
  std::array<std::size_t, 256> counts{};
  for (const char byte : bytes) ++counts[static_cast<unsigned char>(byte)];
  const auto size = static_cast<double>(bytes.size());
  double sum = 0;
  for (const std::size_t count : counts) {
    if (count == 0) continue;
    const double share = static_cast<double>(count) / size;
    sum -= share * std::log2(share);
  }
  return sum;
}

// A sealed value begins with the size of its session key, 512 bytes, in two bytes.
bool is_ciphertext(std::string_view secret) {
  if (secret.starts_with("ENC[AES256_GCM,data:")) return true;
  constexpr std::size_t least_sealed = 700;
  return secret.size() >= least_sealed && secret.starts_with("Ag") && secret[2] >= 'A' && secret[2] <= 'D' &&
         std::all_of(secret.begin(), secret.end(), [](char c) { return base::base64_digit(c) >= 0 || c == '='; });
}

bool is_placeholder(std::string_view secret) {
  if (secret.empty()) return true;
  if (is_interpolation(secret) || judge::is_reference(secret) || judge::is_constant(secret)) return true;
  std::bitset<256> distinct;
  for (const char c : secret.substr(0, 4096)) distinct.set(static_cast<unsigned char>(c));
  if (distinct.count() <= 2) return true;
  if (secret.size() <= 512 && is_counting_run(secret)) return true;
  // In long secrets (a key block) a short word is chance.
  if (secret.size() > 512) return false;
  const std::string lower = base::to_lower(secret);
  for (const std::string_view word : stand_ins) {
    if (lower.find(word) != std::string::npos) return true;
  }
  return false;
}

}  // namespace sluice::scan
