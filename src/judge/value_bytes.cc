#include "judge/value_bytes.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/avx2.h"
#include "base/bits.h"
#include "base/clear.h"
#include "base/processor.h"

namespace sluice::judge {
namespace {

// log2 of small counts, and by how much n * log2(n) grows: entropy is asked for every candidate.
struct Logarithms {
  std::array<float, ValueBytes::most + 1> log2{};
  std::array<float, ValueBytes::most> growth{};
};

const Logarithms& logarithms() {
  static const Logarithms table = [] {
    Logarithms logs;
    float last = 0;
    for (std::size_t i = 1; i <= ValueBytes::most; ++i) {
      logs.log2[i] = std::log2(static_cast<float>(i));
      const float times_log2 = static_cast<float>(i) * logs.log2[i];
      logs.growth[i - 1] = times_log2 - last;
      last = times_log2;
    }
    return logs;
  }();
  return table;
}

constexpr std::string_view token_signs = "-.+/=:~|\\%";

constexpr std::uint32_t traits_of(char c) {
  const char folded = to_lower(c);
  const bool has_vowel = folded == 'a' || folded == 'e' || folded == 'i' || folded == 'o' || folded == 'u';
  unsigned all = byte_kind(c);
  if (has_vowel) all |= is_vowel;
  if (is(c, hexadecimal)) all |= in_hex;
  if (is(c, word)) all |= in_word | in_base64 | in_dotted;
  if (c == '+' || c == '/' || c == '-' || c == '=') all |= in_base64;
  if (c == '.' || c == '-' || c == ':') all |= in_dotted;
  if (static_cast<unsigned char>(c) >= 0x80) all |= is_foreign;
  if (c == '%') all |= is_percent;
  if (c == ':') all |= is_colon;
  if (!is(c, word) && token_signs.find(c) == std::string_view::npos) all |= is_odd;
  return all;
}

// Of a byte: its traits, and what it adds to four counts of 16 bits, which share a number: small letters, capitals,
// digits, vowels.
struct Kind {
  std::uint64_t added = 0;
  std::uint32_t traits = 0;
};

constexpr std::array<Kind, 256> kinds = [] {
  std::array<Kind, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const std::uint32_t all = traits_of(static_cast<char>(i));
    table[i].traits = all;
    table[i].added = std::uint64_t{(all & is_lower) != 0} | std::uint64_t{(all & is_upper) != 0} << 16 |
                     std::uint64_t{(all & is_digit) != 0} << 32 | std::uint64_t{(all & is_vowel) != 0} << 48;
  }
  return table;
}();

}  // namespace

Runs runs_simply(std::string_view value) {
  Runs runs;
  int digits = 0, letters = 0, same = 0;
  unsigned last_class = 0;
  char last = '\0';
  for (const char c : value) {
    const unsigned kind = byte_kind(c);
    digits = kind == is_digit ? digits + 1 : 0;
    letters = (kind & (is_lower | is_upper)) != 0 ? letters + 1 : 0;
    same = c == last ? same + 1 : 1;
    runs.digits = std::max(runs.digits, digits);
    runs.letters = std::max(runs.letters, letters);
    runs.same = std::max(runs.same, same);
    if (last_class != 0) {
      const int step = c - last;
      runs.changes += kind != last_class;
      runs.humps += kind == is_upper && last_class == is_lower;
      runs.counting += step >= -1 && step <= 1;
    }
    last_class = kind;
    last = c;
  }
  return runs;
}

ValueBytes::ValueBytes(std::string_view text, rules::Span value)
    : bytes_(part(text, value).substr(0, most)), at_(bytes_.data()), valid_(base::first_bits(bytes_.size())) {
  if (text.size() - value.begin < padded_.size()) {
    padded_.fill('\0');
    std::memcpy(padded_.data(), bytes_.data(), std::min(bytes_.size(), base::ByteBlock::size));
    at_ = padded_.data();
  }
  letters_ = block().folded().between('a', 'z').bits() & valid_;
  capitals_ = block().between('A', 'Z').bits() & valid_;
  digit_bits_ = block().between('0', '9').bits() & valid_;
  count();
}

// What is counted in numbers of its own stays in registers.
void ValueBytes::count() {
  const Logarithms& logs = logarithms();
  std::uint64_t added = 0;
  unsigned all = ~0u, any = 0;
  float times_log2 = 0;
  std::size_t distinct = 0;
  base::clear(times_.data(), sizeof times_);
  for (const char c : bytes_) {
    const Kind& kind = kinds[static_cast<unsigned char>(c)];
    all &= kind.traits;
    any |= kind.traits;
    added += kind.added;
    std::uint16_t& times = times_[static_cast<unsigned char>(c)];
    distinct += times == 0;
    times_log2 += logs.growth[times];
    ++times;
  }
  added_ = added;
  all_ = all;
  any_ = any;
  times_log2_ = times_log2;
  distinct_ = distinct;
}

float ValueBytes::entropy() const { return log2_of_size() - times_log2_ / static_cast<float>(bytes_.size()); }

float ValueBytes::log2_of_size() const { return logarithms().log2[bytes_.size()]; }

Runs ValueBytes::runs() const {
  if (!is_short() || (any_ & is_foreign) != 0) return runs_simply(bytes_);
  const std::uint64_t small = letters_ & ~capitals_;
  const std::uint64_t other = ~(letters_ | digit_bits_) & valid_;
  const std::uint64_t has_next = valid_ >> 1;
  const auto stays = [](std::uint64_t kind) { return kind & kind >> 1; };
  const base::ByteBlock next(at_ + 1);
  const std::uint64_t same = block().equal(next).bits() & has_next;
  Runs runs;
  runs.changes = base::bit_count(~(stays(small) | stays(capitals_) | stays(digit_bits_) | stays(other)) & has_next);
  runs.humps = base::bit_count(small & capitals_ >> 1);
  runs.counting = base::bit_count(block().minus(next).between('\xFF', '\1').bits() & has_next);
  runs.digits = longest_run(digit_bits_);
  runs.letters = longest_run(letters_);
  runs.same = longest_run(same) + 1;
  return runs;
}

std::uint64_t ValueBytes::class_starts() const {
  const auto goes_on = [](std::uint64_t kind) { return kind & kind << 1; };
  const std::uint64_t equal = block().equal(base::ByteBlock(at_ + 1)).bits() << 1;
  const std::uint64_t begins_with_zero = std::uint64_t{*at_ == '\0'};
  return valid_ & ~(goes_on(letters_ & ~capitals_) | goes_on(capitals_) | goes_on(digit_bits_) | equal | begins_with_zero);
}

int ValueBytes::most_same_later_plainly() const {
  int best = 0;
  for (std::size_t period = 1; period <= periods(); ++period) best = std::max(best, base::bit_count(same_later(period)));
  return best;
}

#if defined(__x86_64__)
namespace {

__attribute__((target("avx2,popcnt"))) int most_same_later_with_avx2(const char* at, std::uint64_t valid, std::size_t periods) {
  const __m256i low = base::avx2::load(at), high = base::avx2::load(at + 32);
  long long most = 0;
  for (std::size_t period = 1; period <= periods; ++period) {
    const __m256i same_low = _mm256_cmpeq_epi8(low, base::avx2::load(at + period));
    const __m256i same_high = _mm256_cmpeq_epi8(high, base::avx2::load(at + 32 + period));
    most = std::max(most, _mm_popcnt_u64(base::avx2::bits_of(same_low, same_high) & valid >> period));
  }
  return static_cast<int>(most);
}

}  // namespace
#endif

int ValueBytes::most_same_later() const {
#if defined(__x86_64__)
  if (base::has_avx2()) return most_same_later_with_avx2(at_, valid_, periods());
#endif
  return most_same_later_plainly();
}

}  // namespace sluice::judge
