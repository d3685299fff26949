#include "judge/word_map.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/avx2.h"
#include "base/bits.h"
#include "base/byte_block.h"
#include "base/processor.h"
#include "judge/byte_window.h"
#include "judge/letter_pairs.h"
#include "judge/near_words.h"


namespace sluice::judge {

using rules::Span;
#if defined(__x86_64__)
namespace avx2 = base::avx2;
#endif

namespace {

struct Letters {
  std::uint64_t all;
  std::uint64_t capitals;
};

Letters letters_plainly(const char* at) {
  const base::ByteBlock block(at);
  return {block.folded().between('a', 'z').bits(), block.between('A', 'Z').bits()};
}

// Most words begin otherwise than those, which is told without a branch that nobody could foretell.
std::uint64_t likely_plainly(const char* at, std::uint64_t starts) {
  std::uint64_t likely = 0;
  for (std::uint64_t left = starts; left != 0; left &= left - 1) {
    const char* const word = at + std::countr_zero(left);
    likely |= (left & (~left + 1)) & (std::uint64_t{0} - std::uint64_t{near_words.may_begin(word[0], word[1])});
  }
  return likely;
}

}  // namespace

// `read_block(at, mark)` tells which words of the 64 bytes from `at` on are likely, and may look at the byte behind them;
// `mark(letters)` returns where words begin. A part of whoever calls it, with the instructions that it may use.
template <class ReadBlock>
__attribute__((always_inline)) inline void WordMap::read(std::string_view text, ReadBlock read_block) {
  WordMarks marks(text, span_.begin);
  std::size_t i = 0;
  for (std::size_t at = span_.begin; at < span_.end; at += block_size) {
    char padded[block_size + 1];
    const char* bytes = text.data() + at;
    if (text.size() - at < sizeof padded) {
      std::memset(padded, 0, sizeof padded);
      std::memcpy(padded, bytes, text.size() - at);
      bytes = padded;
    }
    const auto mark = [&](const Letters& letters) {
      marks.read(letters.all, letters.capitals, base::first_bits(span_.end - at));
      return marks.starts();
    };
    const std::uint64_t likely = read_block(bytes, mark);
    blocks_[i++] = {marks.starts(), marks.ends(), likely};
  }
}

WordMap WordMap::read_plainly(std::string_view text, Span span) {
  WordMap map(span);
  map.read(text, [](const char* at, auto mark) { return likely_plainly(at, mark(letters_plainly(at))); });
  return map;
}

#if defined(__x86_64__)
namespace {

constexpr LetterPairs near_pairs([](char first, char second) { return near_words.may_begin(first, second); });

}  // namespace

__attribute__((target("avx2"))) void read_with_avx2(WordMap& map, std::string_view text) {
  map.read(text, [](const char* at, auto mark) __attribute__((target("avx2"))) {
    const __m256i low = avx2::load(at), high = avx2::load(at + 32);
    const __m256i fold = _mm256_set1_epi8(0x20);
    const __m256i small_low = _mm256_or_si256(low, fold), small_high = _mm256_or_si256(high, fold);
    const std::uint64_t starts =
        mark({avx2::bits_of(avx2::are_between(small_low, 'a', 'z'), avx2::are_between(small_high, 'a', 'z')),
              avx2::bits_of(avx2::are_between(low, 'A', 'Z'), avx2::are_between(high, 'A', 'Z'))});
    return starts & near_pairs.likely_at(at);
  });
}
#endif

WordMap::WordMap(std::string_view text, Span span) : span_(span) {
#if defined(__x86_64__)
  if (base::has_avx2()) {
    read_with_avx2(*this, text);
    return;
  }
#endif
  *this = read_plainly(text, span);
}

}  // namespace sluice::judge
