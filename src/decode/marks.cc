#include "decode/marks.h"

#include "base/avx2.h"
#include "base/processor.h"

namespace sluice::decode {

using base::ByteBlock;

#if defined(__x86_64__)
namespace {

namespace avx2 = base::avx2;

__attribute__((target("avx2"))) inline __m256i twice(__m128i table) { return _mm256_broadcastsi128_si256(table); }

// What begins an escape is told by its low four bits, which none of the others share, and so is which of four bits
// stands for it. What follows must have that bit by both of its halves.
__attribute__((target("avx2"))) __m256i escapes_with_avx2(__m256i leads, __m256i nexts) {
  constexpr char none = '\x80';  // no byte is taken for it
  constexpr char pct = 1, slash = 2, amp = 4, eq = 8;
  const __m256i lead_of_low = twice(_mm_setr_epi8(none, none, none, none, none, '%', '&', none, none, none, none, none,
                                                  '\\', '=', none, none));
  const __m256i kind_of_low = twice(_mm_setr_epi8(0, 0, 0, 0, 0, pct, amp, 0, 0, 0, 0, 0, slash, eq, 0, 0));
  const __m256i next_of_low = twice(_mm_setr_epi8(0, amp, pct, pct | amp | eq, pct, pct | slash, pct, pct, slash, 0, 0,
                                                  0, 0, 0, 0, 0));
  const __m256i next_of_high = twice(_mm_setr_epi8(0, 0, amp, pct | eq, 0, 0, 0, slash | amp, 0, 0, 0, 0, 0, 0, 0, 0));
  const __m256i low_half = _mm256_set1_epi8(0x0F);
  const __m256i is_lead = _mm256_cmpeq_epi8(leads, _mm256_shuffle_epi8(lead_of_low, leads));
  const __m256i high = _mm256_and_si256(_mm256_srli_epi16(nexts, 4), low_half);
  const __m256i next = _mm256_and_si256(_mm256_shuffle_epi8(next_of_low, nexts), _mm256_shuffle_epi8(next_of_high, high));
  const __m256i kind = _mm256_and_si256(_mm256_shuffle_epi8(kind_of_low, leads), next);
  const __m256i is_none = _mm256_cmpeq_epi8(kind, _mm256_setzero_si256());
  return _mm256_andnot_si256(is_none, is_lead);
}

__attribute__((target("avx2"))) Marks find_with_avx2(const char* at) {
  const __m256i first = avx2::load(at);
  const __m256i second = avx2::load(at + 32);
  return {avx2::bits_of(avx2::are_between(first, '+', 'z'), avx2::are_between(second, '+', 'z')),
          avx2::bits_of(escapes_with_avx2(first, avx2::load(at + 1)), escapes_with_avx2(second, avx2::load(at + 33)))};
}

}  // namespace
#endif

MarkFinder::MarkFinder() : find_(find_plainly) {
#if defined(__x86_64__)
  if (base::has_avx2()) find_ = find_with_avx2;
#endif
}

Marks MarkFinder::find_plainly(const char* at) {
  const ByteBlock leads(at);
  const ByteBlock nexts(at + 1);
  const auto escapes = (leads.equal('%') & nexts.between('2', '7')) |
                       (leads.equal('\\') & (nexts.equal('u') | nexts.equal('x'))) |
                       (leads.equal('&') & (nexts.equal('#') | nexts.equal('q'))) |
                       (leads.equal('=') & nexts.equal('3'));
  return {leads.between('+', 'z').bits(), escapes.bits()};
}

}  // namespace sluice::decode
