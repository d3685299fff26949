#include <algorithm>
#include <cmath>

#include "base/bits.h"
#include "base/byte_block.h"
#include "judge/characters.h"
#include "judge/describe.h"
#include "judge/literal.h"

namespace sluice::judge {
namespace {

// The share of bytes that are the same a period (1 to 8) earlier, for the best period.
float period_share(const ValueBytes& value) {
  const std::size_t size = std::min(value.bytes().size(), base::ByteBlock::size);
  return static_cast<float>(value.most_same_later()) / static_cast<float>(size);
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
void add_likelihood(const LetterTable& letters, const ValueBytes& value, Features& out) {
  float sum = 0, least = 8;
  std::size_t count = 0, words = 0;
  value.for_each_word([&](std::string_view one) {
    if (one.size() < 3) return;
    const float run = letters.likelihood(one);
    sum += run * static_cast<float>(one.size());
    count += one.size();
    least = std::min(least, run);
    words += run > letters.usual();
  });
  out[f_letter_likelihood] = count == 0 ? 0 : sum / static_cast<float>(count);
  out[f_least_likelihood] = count == 0 ? 0 : least;
  out[f_value_words] = static_cast<float>(words);
}

std::size_t trailing(std::string_view value, unsigned classes) {
  std::size_t count = 0;
  while (count < value.size() && is(value[value.size() - 1 - count], classes)) ++count;
  return count;
}

void add_shares(const ValueBytes& value, Features& out) {
  const auto size = static_cast<float>(value.bytes().size());
  const auto share = [&](auto times) { return static_cast<float>(times) / size; };
  const Runs runs = value.runs();
  out[f_length] = size;
  out[f_entropy] = value.entropy();
  out[f_entropy_share] = value.bytes().size() > 1 ? out[f_entropy] / value.log2_of_size() : 0;
  out[f_lower_share] = share(value.lowers());
  out[f_upper_share] = share(value.uppers());
  out[f_digit_share] = share(value.digits());
  out[f_other_share] = share(value.bytes().size() - value.lowers() - value.uppers() - value.digits());
  out[f_distinct_share] = share(value.distinct());
  out[f_class_changes] = share(runs.changes);
  out[f_longest_digits] = static_cast<float>(runs.digits);
  out[f_longest_letters] = static_cast<float>(runs.letters);
  out[f_longest_repeat] = static_cast<float>(runs.same);
  out[f_vowel_share] = share(value.vowels());
  out[f_counting_share] = share(runs.counting);
  out[f_humps] = static_cast<float>(runs.humps);
}

// Counts of signs that are neither letters nor digits.
void add_signs(const ValueBytes& value, Features& out) {
  if ((value.any() & is_other) == 0) return;
  const auto times = [&](char c) { return static_cast<float>(value.times(c)); };
  out[f_separators] = times('_') + times('-');
  out[f_dots] = times('.');
  out[f_slashes] = times('/') + times('\\');
  out[f_spaces] = times(' ');
  out[f_has_percent] = times('%');
  out[f_has_dollar] = times('$');
  out[f_has_bracket] = times('(') + times('[') + times('{') + times('<');
  out[f_has_colon] = times(':');
  out[f_has_at] = times('@');
  if ((value.any() & is_foreign) == 0) return;
  const auto foreign = std::count_if(value.bytes().begin(), value.bytes().end(), [](char c) { return (c & 0x80) != 0; });
  out[f_non_ascii_share] = static_cast<float>(foreign) / static_cast<float>(value.bytes().size());
}

// What its form tells that has a sign.
void add_forms(std::string_view value, Features& out) {
  out[f_looks_like_url] = value.find("://") != std::string_view::npos;
  out[f_looks_like_file] = looks_like_file(value);
  out[f_looks_like_version] = looks_like_version(value);
  out[f_looks_like_email] = looks_like_email(value);
  out[f_looks_like_date] = looks_like_date(value);
  out[f_is_uuid] = is_uuid(value);
}

}  // namespace

void describe_value(const LetterTable& letters, const ValueBytes& read, Features& out) {
  const std::string_view value = read.bytes();
  add_shares(read, out);
  add_signs(read, out);
  add_likelihood(letters, read, out);
  if ((read.any() & is_other) != 0) add_forms(value, out);
  const bool starts_as_name = is(value.front(), letter | underscore);
  out[f_is_hex] = (read.all() & in_hex) != 0;
  out[f_is_base64] = (read.all() & in_base64) != 0;
  out[f_is_name] = (read.all() & in_word) != 0 && starts_as_name;
  out[f_is_dotted_name] = (read.all() & in_dotted) != 0 && starts_as_name;
  out[f_is_constant_name] = (read.all() & in_word) != 0 && starts_as_name && read.lowers() == 0;
  out[f_period_share] = period_share(read);
  out[f_trailing_digits] = static_cast<float>(trailing(value, digit));
  out[f_trailing_mark] = value.back() == '!' || value.back() == '.' || value.back() == '?' || value.back() == ':';
  out[f_padding] = value.back() == '=';
  out[f_looks_like_path] = value.front() == '/' || value.front() == '.' || value.front() == '~';
}

}  // namespace sluice::judge
