#include <algorithm>
#include <cmath>

#include "base/byte_block.h"
#include "judge/characters.h"
#include "judge/describe.h"
#include "judge/literal.h"

namespace sluice::judge {
namespace {

constexpr std::size_t most_bytes = 512;  // of a value that are looked at

// log2 of small counts, and n * log2(n): entropy is asked for every candidate.
struct Logarithms {
  std::array<float, most_bytes + 1> log2{};
  std::array<float, most_bytes + 1> times_log2{};
};

const Logarithms& logarithms() {
  static const Logarithms table = [] {
    Logarithms logs;
    for (std::size_t i = 1; i <= most_bytes; ++i) {
      logs.log2[i] = std::log2(static_cast<float>(i));
      logs.times_log2[i] = static_cast<float>(i) * logs.log2[i];
    }
    return logs;
  }();
  return table;
}

// What a byte is, as bits: one of the first four, and more.
enum Trait : std::uint16_t {
  is_lower = 1, is_upper = 2, is_digit = 4, is_other = 8, is_vowel = 16, in_hex = 32, in_base64 = 64, in_word = 128, in_dotted = 256,
  is_foreign = 512,
};

constexpr std::array<std::uint16_t, 256> traits = [] {
  std::array<std::uint16_t, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const char c = static_cast<char>(i);
    const char folded = to_lower(c);
    const bool has_vowel = folded == 'a' || folded == 'e' || folded == 'i' || folded == 'o' || folded == 'u';
    unsigned all = is(c, lower) ? is_lower : is(c, upper) ? is_upper : is(c, digit) ? is_digit : is_other;
    if (has_vowel) all |= is_vowel;
    if (is(c, hexadecimal)) all |= in_hex;
    if (is(c, word)) all |= in_word | in_base64 | in_dotted;
    if (c == '+' || c == '/' || c == '-' || c == '=') all |= in_base64;
    if (c == '.' || c == '-' || c == ':') all |= in_dotted;
    if (i >= 0x80) all |= is_foreign;
    table[i] = static_cast<std::uint16_t>(all);
  }
  return table;
}();

// What a byte adds to four counts of 16 bits, which share a number: small letters, capitals, digits, vowels.
constexpr std::array<std::uint64_t, 256> additions = [] {
  std::array<std::uint64_t, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const unsigned all = traits[i];
    table[i] = std::uint64_t{(all & is_lower) != 0} | std::uint64_t{(all & is_upper) != 0} << 16 |
               std::uint64_t{(all & is_digit) != 0} << 32 | std::uint64_t{(all & is_vowel) != 0} << 48;
  }
  return table;
}();

// Counts of bytes and of classes, in one pass.
struct Counts {
  std::array<std::uint16_t, 256> bytes{};
  std::uint64_t added = 0;  // additions
  std::size_t non_ascii = 0, distinct = 0, changes = 0, humps = 0, counting = 0;
  std::size_t run_digits = 0, run_letters = 0, run_same = 0;
  float times_log2 = 0;  // the sum over all bytes
  unsigned all = 0xFFFF;  // the traits of every byte

  std::size_t lowers() const { return added & 0xFFFF; }
  std::size_t uppers() const { return added >> 16 & 0xFFFF; }
  std::size_t digits() const { return added >> 32 & 0xFFFF; }
  std::size_t vowels() const { return added >> 48; }
};

Counts count(std::string_view value) {
  Counts counts;
  const Logarithms& logs = logarithms();
  std::size_t digits = 0, letters = 0, same = 0;
  unsigned last_class = 0;
  char last = '\0';
  for (const char c : value) {
    const unsigned all = traits[static_cast<unsigned char>(c)];
    const unsigned kind = all & 15u;
    std::uint16_t& times = counts.bytes[static_cast<unsigned char>(c)];
    counts.distinct += times == 0;
    counts.times_log2 += logs.times_log2[times + 1u] - logs.times_log2[times];
    ++times;
    counts.added += additions[static_cast<unsigned char>(c)];
    counts.all &= all;
    counts.non_ascii += (all & is_foreign) != 0;
    digits = kind == is_digit ? digits + 1 : 0;
    letters = (kind & (is_lower | is_upper)) != 0 ? letters + 1 : 0;
    same = c == last ? same + 1 : 1;
    counts.run_digits = std::max(counts.run_digits, digits);
    counts.run_letters = std::max(counts.run_letters, letters);
    counts.run_same = std::max(counts.run_same, same);
    if (last_class != 0) {
      const int step = c - last;
      counts.changes += kind != last_class;
      counts.humps += kind == is_upper && last_class == is_lower;
      counts.counting += step >= -1 && step <= 1;
    }
    last_class = kind;
    last = c;
  }
  return counts;
}

float entropy_of(const Counts& counts, std::size_t size) {
  return logarithms().log2[size] - counts.times_log2 / static_cast<float>(size);
}

// std::popcount is slow on processors as old as those that are built for.
int bit_count(std::uint64_t bits) {
  bits -= bits >> 1 & 0x5555555555555555u;
  bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
  bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
  return static_cast<int>(bits * 0x0101010101010101u >> 56);
}

// The share of bytes that are the same a period (1 to 8) earlier, for the best period.
float period_share(std::string_view value) {
  constexpr std::size_t longest_period = 8;
  std::array<char, base::ByteBlock::size + longest_period> padded{};
  const std::string_view head = value.substr(0, base::ByteBlock::size);
  std::copy(head.begin(), head.end(), padded.begin());
  const base::ByteBlock block(padded.data());
  int best = 0;
  for (std::size_t period = 1; period <= longest_period && period * 2 <= head.size(); ++period) {
    const std::uint64_t same = block.equal(base::ByteBlock(padded.data() + period)).bits();
    best = std::max(best, bit_count(same & ((std::uint64_t{1} << (head.size() - period)) - 1)));
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
  out[f_entropy] = entropy_of(counts, value.size());
  out[f_entropy_share] = value.size() > 1 ? out[f_entropy] / logarithms().log2[value.size()] : 0;
  out[f_lower_share] = share(counts.lowers());
  out[f_upper_share] = share(counts.uppers());
  out[f_digit_share] = share(counts.digits());
  out[f_other_share] = share(value.size() - counts.lowers() - counts.uppers() - counts.digits());
  out[f_distinct_share] = share(counts.distinct);
  out[f_class_changes] = share(counts.changes);
  out[f_longest_digits] = static_cast<float>(counts.run_digits);
  out[f_longest_letters] = static_cast<float>(counts.run_letters);
  out[f_longest_repeat] = static_cast<float>(counts.run_same);
  out[f_vowel_share] = share(counts.vowels());
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
  out[f_is_hex] = (counts.all & in_hex) != 0;
  out[f_is_base64] = (counts.all & in_base64) != 0;
  out[f_is_uuid] = is_uuid(value);
  out[f_is_name] = (counts.all & in_word) != 0 && starts_as_name;
  out[f_is_dotted_name] = (counts.all & in_dotted) != 0 && starts_as_name;
  out[f_is_constant_name] = (counts.all & in_word) != 0 && starts_as_name && counts.lowers() == 0;
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
