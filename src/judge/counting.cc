#include "judge/counting.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

#include "base/avx2.h"
#include "base/byte_block.h"
#include "base/processor.h"
#include "judge/byte_window.h"
#include "judge/characters.h"

namespace sluice::judge {
namespace {

constexpr std::size_t most_counted = 256;  // bytes that are looked at
constexpr std::size_t longest_stride = 6;

// The letters and digits of a text, in lower case.
class Signs {
 public:
  explicit Signs(std::string_view text) {
    for (const char c : text) {
      if (size_ == most_counted) break;
      signs_[size_] = to_lower(c);
      size_ += is(c, alphanumeric);
    }
  }

  std::size_t longest_count(std::size_t stride) const {
    std::size_t longest = 0, run = 0;
    int last = 0;
    for (std::size_t i = stride; i < size_; ++i) {
      int step = signs_[i] - signs_[i - stride];
      // Behind 9 comes 0, behind z a.
      if (step != last && std::abs(step - last) >= 10 && is_same_kind(i, stride) && (step - last) % around(i) == 0) step = last;
      run = step == 0 || std::abs(step) > static_cast<int>(stride) ? 0 : step == last ? run + 1 : 1;
      last = step;
      if (run > 0) longest = std::max(longest, run + stride);
    }
    return longest;
  }

  // False when no `steps` steps in a row can be alike. Every so many places are looked at, and where one is like the one
  // before, those around it.
  bool may_count(std::size_t stride, std::size_t steps) const {
    const std::size_t wanted = steps - 1;  // of changes from step to step in a row
    if (steps < 3) return true;
    unsigned found = 0;  // without a branch that nobody could foretell
    for (std::size_t i = stride + wanted; i < size_; i += wanted) found |= unsigned{may_be_alike(i, stride)};
    return found != 0 && has_row(stride, wanted);
  }

 private:
  bool has_row(std::size_t stride, std::size_t wanted) const {
    for (std::size_t i = stride + wanted; i < size_; i += wanted) {
      if (!may_be_alike(i, stride)) continue;
      std::size_t begin = i, end = i + 1;
      while (begin > stride + 1 && may_be_alike(begin - 1, stride)) --begin;
      while (end < size_ && may_be_alike(end, stride)) ++end;
      if (end - begin >= wanted) return true;
    }
    return false;
  }

  // From 9 to 0 and from z to a steps are 10 and 26 less than the others, so that two differ by nothing, by that, or by 16
  // where one is of a digit, one of a letter.
  bool may_be_alike(std::size_t i, std::size_t stride) const {
    constexpr std::uint32_t alike = 1u | 1u << 10 | 1u << 16 | 1u << 26;
    const int step = signs_[i] - signs_[i - stride];
    const auto change = static_cast<unsigned>(std::abs(step - (signs_[i - 1] - signs_[i - 1 - stride])));
    return (unsigned{change < 32} & alike >> (change & 31u)) != 0;
  }

  int around(std::size_t i) const { return is(signs_[i], digit) ? 10 : 26; }
  bool is_same_kind(std::size_t i, std::size_t stride) const { return is(signs_[i], digit) == is(signs_[i - stride], digit); }

  std::array<char, most_counted + 1> signs_;
  std::size_t size_ = 0;
};

}  // namespace

std::size_t longest_count(std::string_view text) {
  const Signs signs(text);
  std::size_t longest = 0;
  for (std::size_t stride = 1; stride <= longest_stride; ++stride) longest = std::max(longest, signs.longest_count(stride));
  return longest;
}

bool counts(std::string_view text, std::size_t least) {
  if (text.size() < least) return false;
  const Signs signs(text);
  for (std::size_t stride = 1; stride <= longest_stride; ++stride) {
    if (signs.may_count(stride, least - stride) && signs.longest_count(stride) >= least) return true;
  }
  return false;
}

#if defined(__x86_64__)
namespace {

// Of 64 bytes those that are as much more than the byte `stride` before them as the one behind them is, or would be if it
// did not go around (Signs::may_be_alike). `steps`: from each byte to the next; it has as many bytes behind the 64.
__attribute__((target("avx2"))) __m256i are_alike(const char* steps, std::size_t stride) {
  const __m256i change = _mm256_abs_epi8(_mm256_sub_epi8(base::avx2::load(steps + stride), base::avx2::load(steps)));
  const auto is = [&](char by) __attribute__((target("avx2"))) { return _mm256_cmpeq_epi8(change, _mm256_set1_epi8(by)); };
  return _mm256_or_si256(_mm256_or_si256(is(0), is(10)), _mm256_or_si256(is(16), is(26)));
}

// Whether as many letters and digits in a row as are asked for may count; all of the value's bytes are some.
__attribute__((target("avx2"))) bool may_count_with_avx2(const ValueBytes& value, std::size_t least) {
  const char* const at = value.begin_of_block();
  alignas(32) std::array<char, base::ByteBlock::size + 32> steps;
  const __m256i fold = _mm256_set1_epi8(0x20);  // digits have it
  for (std::size_t i = 0; i < base::ByteBlock::size; i += 32) {
    const __m256i here = _mm256_or_si256(base::avx2::load(at + i), fold), next = _mm256_or_si256(base::avx2::load(at + i + 1), fold);
    _mm256_store_si256(reinterpret_cast<__m256i*>(&steps[i]), _mm256_sub_epi8(next, here));
  }
  _mm256_store_si256(reinterpret_cast<__m256i*>(&steps[base::ByteBlock::size]), _mm256_setzero_si256());
  for (std::size_t stride = 1; stride <= longest_stride; ++stride) {
    const __m256i low = are_alike(steps.data(), stride), high = are_alike(steps.data() + 32, stride);
    const std::uint64_t alike = base::avx2::bits_of(low, high) & value.valid() >> (stride + 1);
    if ((alike & alike >> 1) != 0 && has_run(alike, least - stride - 1)) return true;  // two in a row are seldom
  }
  return false;
}

}  // namespace
#endif

bool counts(const ValueBytes& value, std::string_view whole, std::size_t least) {
  if (whole.size() < least) return false;
#if defined(__x86_64__)
  if (base::has_avx2() && value.is_short() && value.alphanumerics() == value.valid() && !may_count_with_avx2(value, least)) return false;
#endif
  return counts(whole, least);
}

}  // namespace sluice::judge
