#include <algorithm>
#include <cmath>

#include "judge/characters.h"
#include "judge/describe.h"
#include "judge/literal.h"

namespace sluice::judge {
namespace {

constexpr std::size_t most_bytes = 512;  // of a value that are looked at

// log2 of small counts: entropy is asked for every candidate.
float log2_of(std::size_t count) {
  static const std::array<float, most_bytes + 1> table = [] {
    std::array<float, most_bytes + 1> logs{};
    for (std::size_t i = 1; i <= most_bytes; ++i) logs[i] = std::log2(static_cast<float>(i));
    return logs;
  }();
  return table[count];
}

// Counts of bytes and of classes, in one pass.
struct Counts {
  std::array<std::uint16_t, 256> bytes{};
  std::size_t lowers = 0, uppers = 0, digits = 0, others = 0, non_ascii = 0, distinct = 0;
  std::size_t vowels = 0, changes = 0, humps = 0, counting = 0;
  std::size_t run_digits = 0, run_letters = 0, run_same = 0;
  bool all_hex = true, all_base64 = true, all_word = true, all_dotted = true;
};

int class_of(char c) {
  if (is(c, lower)) return 0;
  if (is(c, upper)) return 1;
  return is(c, digit) ? 2 : 3;
}

void count_class(Counts& counts, char c) {
  counts.lowers += is(c, lower);
  counts.uppers += is(c, upper);
  counts.digits += is(c, digit);
  counts.others += !is(c, alphanumeric);
  counts.non_ascii += static_cast<unsigned char>(c) >= 0x80;
  const char folded = to_lower(c);
  counts.vowels += folded == 'a' || folded == 'e' || folded == 'i' || folded == 'o' || folded == 'u';
  counts.all_hex = counts.all_hex && is(c, hexadecimal);
  counts.all_base64 = counts.all_base64 && (is(c, word) || c == '+' || c == '/' || c == '-' || c == '=');
  counts.all_word = counts.all_word && is(c, word);
  counts.all_dotted = counts.all_dotted && (is(c, word) || c == '.' || c == '-' || c == ':');
}

Counts count(std::string_view value) {
  Counts counts;
  std::size_t digits = 0, letters = 0, same = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    count_class(counts, c);
    counts.distinct += counts.bytes[static_cast<unsigned char>(c)]++ == 0;
    digits = is(c, digit) ? digits + 1 : 0;
    letters = is(c, letter) ? letters + 1 : 0;
    same = i > 0 && c == value[i - 1] ? same + 1 : 1;
    counts.run_digits = std::max(counts.run_digits, digits);
    counts.run_letters = std::max(counts.run_letters, letters);
    counts.run_same = std::max(counts.run_same, same);
    if (i == 0) continue;
    const int step = c - value[i - 1];
    counts.changes += class_of(c) != class_of(value[i - 1]);
    counts.humps += is(c, upper) && is(value[i - 1], lower);
    counts.counting += step == 1 || step == -1 || step == 0;
  }
  return counts;
}

float entropy_of(const Counts& counts, std::string_view value) {
  float sum = 0;
  // A byte is counted once: where it is, its count is taken out.
  std::array<std::uint16_t, 256> left = counts.bytes;
  for (const char c : value) {
    const std::size_t times = std::exchange(left[static_cast<unsigned char>(c)], 0);
    if (times != 0) sum += static_cast<float>(times) * log2_of(times);
  }
  const auto size = static_cast<float>(value.size());
  return log2_of(value.size()) - sum / size;
}

// The share of bytes that are the same a period (1 to 8) earlier, for the best period.
float period_share(std::string_view value) {
  std::size_t best = 0;
  const std::string_view head = value.substr(0, 64);
  for (std::size_t period = 1; period <= 8 && period * 2 <= head.size(); ++period) {
    std::size_t same = 0;
    for (std::size_t i = period; i < head.size(); ++i) same += head[i] == head[i - period];
    best = std::max(best, same);
  }
  return static_cast<float>(best) / static_cast<float>(head.size());
}

// A dot and two to five letters at the end, after a name.
bool looks_like_file(std::string_view value) {
  const std::size_t dot = value.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  const std::size_t after = value.size() - dot - 1;
  return after >= 2 && after <= 5 &&
         std::all_of(value.begin() + static_cast<std::ptrdiff_t>(dot) + 1, value.end(),
                     [](char c) { return is(c, letter); });
}

bool looks_like_version(std::string_view value) {
  const std::size_t start = value.front() == 'v' ? 1 : 0;
  std::size_t dots = 0;
  for (std::size_t i = start; i < value.size(); ++i) {
    if (value[i] == '.') {
      ++dots;
    } else if (!is(value[i], digit)) {
      return dots > 0 && i > start + 2 && (value[i] == '-' || value[i] == '+');
    }
  }
  return dots > 0;
}

bool looks_like_date(std::string_view value) {
  return value.size() >= 8 && is(value[0], digit) && is(value[3], digit) &&
         (value[4] == '-' || value[4] == '/') && is(value[5], digit) &&
         (value[0] == '1' || value[0] == '2');
}

// A name, one `@`, and a name with a dot.
bool looks_like_email(std::string_view value) {
  const std::size_t at = value.find('@');
  if (at == 0 || at == std::string_view::npos) return false;
  const std::string_view host = value.substr(at + 1);
  const std::size_t dot = host.rfind('.');
  if (dot == 0 || dot == std::string_view::npos || host.size() - dot < 3) return false;
  const auto may = [](char c) { return is(c, word) || c == '.' || c == '-' || c == '+'; };
  return std::all_of(value.begin(), value.begin() + static_cast<std::ptrdiff_t>(at), may) &&
         std::all_of(host.begin(), host.end(), may);
}

// How usual its letters are after one another, over runs of three letters and more: the mean, and the
// least of any run.
void add_likelihood(const LetterTable& letters, std::string_view value, Features& out) {
  float sum = 0, least = 8;
  std::size_t count = 0, words = 0;
  for (std::size_t i = 0; i < value.size();) {
    std::size_t end = i;
    while (end < value.size() && is(value[end], letter) &&
           !(end > i && is(value[end], upper) && is(value[end - 1], lower))) {
      ++end;
    }
    if (end - i >= 3) {
      const float run = letters.likelihood(value.substr(i, end - i));
      const auto size = static_cast<float>(end - i);
      sum += run * size;
      count += end - i;
      least = std::min(least, run);
      words += run > letters.usual();
    }
    i = std::max(end, i + 1);
  }
  out[f_letter_likelihood] = count == 0 ? 0 : sum / static_cast<float>(count);
  out[f_least_likelihood] = count == 0 ? 0 : least;
  out[f_value_words] = static_cast<float>(words);
}

std::size_t trailing(std::string_view value, unsigned classes) {
  std::size_t count = 0;
  while (count < value.size() && is(value[value.size() - 1 - count], classes)) ++count;
  return count;
}

void add_shares(const Counts& counts, std::string_view value, Features& out) {
  const auto size = static_cast<float>(value.size());
  const auto share = [&](std::size_t times) { return static_cast<float>(times) / size; };
  out[f_length] = size;
  out[f_entropy] = entropy_of(counts, value);
  out[f_entropy_share] = value.size() > 1 ? out[f_entropy] / log2_of(value.size()) : 0;
  out[f_lower_share] = share(counts.lowers);
  out[f_upper_share] = share(counts.uppers);
  out[f_digit_share] = share(counts.digits);
  out[f_other_share] = share(counts.others);
  out[f_distinct_share] = share(counts.distinct);
  out[f_class_changes] = share(counts.changes);
  out[f_longest_digits] = static_cast<float>(counts.run_digits);
  out[f_longest_letters] = static_cast<float>(counts.run_letters);
  out[f_longest_repeat] = static_cast<float>(counts.run_same);
  out[f_vowel_share] = share(counts.vowels);
  out[f_counting_share] = share(counts.counting);
  out[f_non_ascii_share] = share(counts.non_ascii);
  out[f_humps] = static_cast<float>(counts.humps);
  const auto times = [&](char c) { return static_cast<float>(counts.bytes[static_cast<unsigned char>(c)]); };
  out[f_separators] = times('_') + times('-');
  out[f_dots] = times('.');
  out[f_slashes] = times('/') + times('\\');
  out[f_spaces] = times(' ');
  out[f_has_percent] = times('%');
  out[f_has_dollar] = times('$');
  out[f_has_bracket] = times('(') + times('[') + times('{') + times('<');
  out[f_has_colon] = times(':');
  out[f_has_at] = times('@');
}

}  // namespace

void describe_value(const LetterTable& letters, const Subject& subject, Features& out) {
  const std::string_view value = part(subject.text, subject.value).substr(0, most_bytes);
  const Counts counts = count(value);
  add_shares(counts, value, out);
  add_likelihood(letters, value, out);
  const bool starts_as_name = is(value.front(), letter | underscore);
  out[f_is_hex] = counts.all_hex;
  out[f_is_base64] = counts.all_base64;
  out[f_is_uuid] = is_uuid(value);
  out[f_is_name] = counts.all_word && starts_as_name;
  out[f_is_dotted_name] = counts.all_dotted && starts_as_name;
  out[f_is_constant_name] = counts.all_word && starts_as_name && counts.lowers == 0;
  out[f_period_share] = period_share(value);
  out[f_trailing_digits] = static_cast<float>(trailing(value, digit));
  out[f_trailing_mark] = value.back() == '!' || value.back() == '.' || value.back() == '?' || value.back() == ':';
  out[f_padding] = value.back() == '=';
  out[f_looks_like_url] = value.find("://") != std::string_view::npos;
  out[f_looks_like_path] = value.front() == '/' || value.front() == '.' || value.front() == '~';
  out[f_looks_like_file] = looks_like_file(value);
  out[f_looks_like_version] = looks_like_version(value);
  out[f_looks_like_email] = looks_like_email(value);
  out[f_looks_like_date] = looks_like_date(value);
}

}  // namespace sluice::judge
