#pragma once

#if defined(__x86_64__)

#include <immintrin.h>

#include <cstdint>

// What functions for processors with AVX2 (base/processor.h) have in common; they alone may call these.
namespace sluice::base::avx2 {

__attribute__((target("avx2"))) inline __m256i load(const void* at) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(at));
}

/// Sixteen bytes, twice.
__attribute__((target("avx2"))) inline __m256i load_twice(const void* at) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128(static_cast<const __m128i*>(at)));
}

/// The bytes from `first` up to `last`: all bits set, or none.
__attribute__((target("avx2"))) inline __m256i are_between(__m256i bytes, char first, char last) {
  const __m256i above = _mm256_sub_epi8(bytes, _mm256_set1_epi8(first));
  return _mm256_cmpeq_epi8(_mm256_min_epu8(above, _mm256_set1_epi8(static_cast<char>(last - first))), above);
}

/// Bit i is the highest of byte i.
__attribute__((target("avx2"))) inline std::uint64_t bits_of(__m256i low, __m256i high) {
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(low)) |
         std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(high))} << 32;
}

}  // namespace sluice::base::avx2

#endif
