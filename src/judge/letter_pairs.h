#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/avx2.h"

namespace sluice::judge {

/// By which two letters words are told from most others, many at a time: a class for every two first letters that follow
/// one another in the alphabet, and for each second letter the classes of those before it, bits of eight. So words have
/// one in common with few others. Only for processors with AVX2.
class LetterPairs {
 public:
  /// `may_begin(first, second)` tells whether a word begins with these small letters; sixteen first ones at most.
  template <class MayBegin>
  consteval explicit LetterPairs(MayBegin may_begin) {
    unsigned known = 0;  // first letters
    for (char first = 'a'; first <= 'z'; ++first) {
      std::uint8_t& own = first_[first & 31];
      for (char second = 'a'; second <= 'z'; ++second) {
        if (!may_begin(first, second)) continue;
        if (own == 0) own = static_cast<std::uint8_t>(1u << known++ / 2);
        if (own == 0) throw "more first letters than two for each class";
        second_[second & 31] |= own;
      }
    }
  }

#if defined(__x86_64__)
  /// Bit i tells about byte i of 64 from `at` on, and the one behind it; not whether they are letters. Reads 65 bytes.
  __attribute__((target("avx2"))) std::uint64_t likely_at(const char* at) const {
    return ~base::avx2::bits_of(unlikely(base::avx2::load(at), base::avx2::load(at + 1)),
                                unlikely(base::avx2::load(at + 32), base::avx2::load(at + 33)));
  }
#endif

 private:
  using Table = std::array<std::uint8_t, 32>;

#if defined(__x86_64__)
  // Of each letter what a table has for it, which fills two registers.
  __attribute__((target("avx2"))) static __m256i looked_up(const Table& table, __m256i letters) {
    return _mm256_blendv_epi8(_mm256_shuffle_epi8(base::avx2::load_twice(&table[0]), letters),
                              _mm256_shuffle_epi8(base::avx2::load_twice(&table[16]), letters), _mm256_slli_epi16(letters, 3));
  }

  __attribute__((target("avx2"))) __m256i unlikely(__m256i bytes, __m256i nexts) const {
    return _mm256_cmpeq_epi8(_mm256_and_si256(looked_up(first_, bytes), looked_up(second_, nexts)), _mm256_setzero_si256());
  }
#endif

  Table first_{};
  Table second_{};
};

}  // namespace sluice::judge
