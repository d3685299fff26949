#include "scan/gram_table.h"

#include "base/processor.h"
#include "scan/gram_cost_bytes.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace sluice::scan {

#if defined(__x86_64__)
// Rows are found for eight places at once and read one by one, which is quicker than the gathering
// instruction on most processors that have it.
__attribute__((target("avx2"))) std::uint64_t scan_with_avx2(const std::uint32_t* rows, const char* at) {
  // Four bytes each from eight neighbouring places, out of sixteen bytes that stand twice.
  const __m256i places = _mm256_setr_epi8(0, 1, 2, 3, 1, 2, 3, 4, 2, 3, 4, 5, 3, 4, 5, 6,  //
                                          4, 5, 6, 7, 5, 6, 7, 8, 6, 7, 8, 9, 7, 8, 9, 10);
  const __m256i multiplier = _mm256_set1_epi32(static_cast<int>(GramTable::multiplier));
  const __m256i case_bit = _mm256_set1_epi32(0x20202020);
  const __m256i low_bits = _mm256_set1_epi32(31);
  const auto row = [rows](std::int64_t numbers, unsigned shift) {
    return static_cast<int>(rows[static_cast<std::uint32_t>(static_cast<std::uint64_t>(numbers) >> shift)]);
  };
  std::uint64_t found = 0;
  for (unsigned i = 0; i < GramTable::block_size; i += 8) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + i));
    const __m256i grams =
        _mm256_or_si256(_mm256_shuffle_epi8(_mm256_broadcastsi128_si256(bytes), places), case_bit);
    const __m256i numbers =
        _mm256_srli_epi32(_mm256_mullo_epi32(grams, multiplier), 32 - GramTable::row_bits);
    const std::int64_t a = _mm256_extract_epi64(numbers, 0);
    const std::int64_t b = _mm256_extract_epi64(numbers, 1);
    const std::int64_t c = _mm256_extract_epi64(numbers, 2);
    const std::int64_t d = _mm256_extract_epi64(numbers, 3);
    const __m256i read = _mm256_setr_epi32(row(a, 0), row(a, 32), row(b, 0), row(b, 32), row(c, 0),
                                           row(c, 32), row(d, 0), row(d, 32));
    const __m256i fourth = _mm256_and_si256(_mm256_srli_epi32(grams, 24), low_bits);
    const __m256i bits = _mm256_slli_epi32(_mm256_srlv_epi32(read, fourth), 31);
    const auto mask = static_cast<unsigned>(_mm256_movemask_ps(_mm256_castsi256_ps(bits)));
    found |= std::uint64_t{mask} << i;
  }
  return found;
}
#endif

GramTable::GramTable(std::span<const std::uint32_t> rows) : rows_(rows.data()), scan_block_(scan_plainly) {
#if defined(__x86_64__)
  if (base::has_avx2()) scan_block_ = scan_with_avx2;
#endif
}

void GramTable::add(std::uint32_t gram, bool has_fourth, std::span<std::uint32_t> rows) {
  rows[row_of(gram)] |= has_fourth ? 1u << (gram >> 24 & 31) : 0xFFFFFFFFu;
}

unsigned GramTable::cost_of(std::uint32_t gram) {
  const std::uint32_t place = row_of(gram) * 32 + (gram >> 24 & 31);
  return static_cast<unsigned char>(gram_cost_bytes()[place / 2]) >> place % 2 * 4 & 15u;
}

std::uint64_t GramTable::scan_plainly(const std::uint32_t* rows, const char* at) {
  std::uint64_t found = 0;
  for (unsigned i = 0; i < block_size; ++i) {
    const std::uint32_t gram = folded(at + i);
    found |= std::uint64_t{rows[row_of(gram)] >> (gram >> 24 & 31) & 1u} << i;
  }
  return found;
}

}  // namespace sluice::scan
