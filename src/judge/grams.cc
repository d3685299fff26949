#include "judge/grams.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/avx2.h"
#include "base/bits.h"
#include "base/processor.h"
#include "judge/word_cursor.h"

namespace sluice::judge {

using rules::Span;

namespace {

// Kinds of grams, so that equal text of different kinds gives different numbers.
constexpr std::uint32_t seed(std::uint32_t kind) { return hash_start ^ (kind * 0x85EBCA6Bu); }

template <class Out>
void add_word(std::uint32_t hash, std::uint32_t kind, std::uint32_t& previous, Out& out) {
  out.add(hash ^ seed(kind));
  if (previous != 0) out.add((hash * 31 + previous) ^ seed(kind + 100));
  previous = hash;
}

template <class Out>
void add_words(std::string_view text, std::span<const Word> words, std::uint32_t kind, std::size_t most, Out& out) {
  std::uint32_t previous = 0;
  for (const Word& one : words) {
    if (one.size < 2) continue;
    if (most-- == 0) return;
    add_word(hash_of(text.substr(one.begin, one.size)), kind, previous, out);
  }
}

// Of as many bytes the groups that begin with each.
constexpr std::size_t most_grouped = 40;
using GroupGrams = std::array<std::uint32_t, most_grouped>;

// Bytes in lower case, all digits alike.
constexpr std::array<unsigned char, 256> group_signs = [] {
  std::array<unsigned char, 256> signs{};
  for (std::size_t i = 0; i < signs.size(); ++i) {
    const char c = static_cast<char>(i);
    signs[i] = static_cast<unsigned char>(is(c, digit) ? '0' : to_lower(c));
  }
  return signs;
}();

// The grams of groups of `Size` bytes, the first `count` of them.
template <std::size_t Size>
void group_plainly(std::string_view text, std::uint32_t seed, std::size_t count, GroupGrams& grams) {
  for (std::size_t i = 0; i < count; ++i) {
    std::uint32_t hash = seed;
    for (std::size_t k = 0; k < Size; ++k) hash = (hash ^ group_signs[static_cast<unsigned char>(text[i + k])]) * hash_prime;
    grams[i] = gram_of(hash);
  }
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) __m256i signs_of(__m256i bytes) {
  const __m256i capitals = base::avx2::are_between(bytes, 'A', 'Z');
  const __m256i small = _mm256_or_si256(bytes, _mm256_and_si256(capitals, _mm256_set1_epi8(0x20)));
  return _mm256_blendv_epi8(small, _mm256_set1_epi8('0'), base::avx2::are_between(bytes, '0', '9'));
}

// Likewise, eight groups at a time; perhaps some behind them, too.
template <std::size_t Size>
__attribute__((target("avx2"))) void group_with_avx2(const char* text, std::uint32_t seed, std::size_t count, GroupGrams& grams) {
  alignas(32) std::array<unsigned char, 2 * sizeof(__m256i)> signs;
  for (std::size_t i = 0; i < signs.size(); i += sizeof(__m256i)) {
    _mm256_store_si256(reinterpret_cast<__m256i*>(&signs[i]), signs_of(base::avx2::load(text + i)));
  }
  for (std::size_t i = 0; i < count; i += 8) {
    __m256i hash = _mm256_set1_epi32(static_cast<int>(seed));
    for (std::size_t k = 0; k < Size; ++k) {
      const __m256i next = _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(&signs[i + k])));
      hash = _mm256_mullo_epi32(_mm256_xor_si256(hash, next), _mm256_set1_epi32(static_cast<int>(hash_prime)));
    }
    const __m256i mixed = _mm256_mullo_epi32(hash, _mm256_set1_epi32(static_cast<int>(gram_factor)));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(&grams[i]), _mm256_srli_epi32(mixed, 16));
  }
}
#endif

// Groups of `Size` bytes in lower case, all digits alike, of the first `most_bytes` of text[span].
template <std::size_t Size, std::size_t most_bytes, class Out>
void add_groups(std::string_view text, Span span, std::uint32_t kind, Out& out) {
  static_assert(most_bytes <= most_grouped && most_grouped % 8 == 0);
  const std::size_t size = std::min(span.end - span.begin, most_bytes);
  if (size < Size) return;
  const std::size_t count = size - Size + 1;
  GroupGrams grams;
#if defined(__x86_64__)
  if (base::has_avx2() && text.size() - span.begin >= base::ByteBlock::size) {
    group_with_avx2<Size>(text.data() + span.begin, seed(kind), count, grams);
  } else {
    group_plainly<Size>(text.substr(span.begin, size), seed(kind), count, grams);
  }
#else
  group_plainly<Size>(text.substr(span.begin, size), seed(kind), count, grams);
#endif
  out.add_grams(grams.data(), count);
}

// A sign for each class of bytes, others themselves.
constexpr std::array<unsigned char, 256> class_signs = [] {
  std::array<unsigned char, 256> signs{};
  for (std::size_t i = 0; i < signs.size(); ++i) {
    const char c = static_cast<char>(i);
    signs[i] = static_cast<unsigned char>(is(c, lower) ? 'a' : is(c, upper) ? 'A' : is(c, digit) ? '0' : c);
  }
  return signs;
}();

// The order of classes of bytes, runs as one: `Ab3-` for `Hello42-`.
constexpr std::size_t longest_form = 24;

std::uint32_t form_hash(std::string_view text, std::uint32_t hash) {
  unsigned last = 0;
  for (const char c : text.substr(0, longest_form)) {
    const unsigned sign = class_signs[static_cast<unsigned char>(c)];
    // Not hash_byte, which folds case. Without a branch, which nobody could foretell.
    const std::uint32_t next = (hash ^ sign) * hash_prime;
    hash ^= (hash ^ next) & (0u - std::uint32_t{sign != last});
    last = sign;
  }
  return hash;
}

// The same where it is known which bytes begin a run, of the first 64.
std::uint32_t form_hash(std::string_view text, std::uint64_t starts, std::uint32_t hash) {
  for (std::uint64_t left = starts & base::first_bits(longest_form); left != 0; left &= left - 1) {
    const unsigned sign = class_signs[static_cast<unsigned char>(text[static_cast<std::size_t>(std::countr_zero(left))])];
    hash = (hash ^ sign) * hash_prime;
  }
  return hash;
}

}  // namespace

template <class Out>
void add_name_grams(const Subject& subject, const Context& context, Out& out) {
  const std::string_view name = part(subject.text, subject.name);
  out.add(hash_of(name, seed(1)));
  out.add(hash_of(part(subject.text, subject.keyword), seed(2)));
  out.add(form_hash(name, seed(3)));
  const std::size_t before = subject.keyword.begin - std::min(subject.keyword.begin, subject.name.begin);
  const std::size_t after = subject.keyword.end - std::min(subject.keyword.end, subject.name.begin);
  out.add(hash_of(name.substr(0, before), seed(4)));
  out.add(hash_of(name.substr(std::min(after, name.size())), seed(5)));
  std::uint32_t previous = 0;
  std::size_t words = 0;
  for (std::size_t i = 0; i < context.name().all().size() && words < 8; ++i) {
    if (context.name().all()[i].size < 2) continue;
    add_word(context.name().hashes()[i], 6, previous, out);
    ++words;
  }
  add_groups<4, 32>(subject.text, subject.name, 7, out);
}

template <class Out>
void add_value_grams(const Subject& subject, const Context& context, Out& out) {
  const std::string_view value = part(subject.text, subject.value);
  out.add(hash_of(value.substr(0, 64), seed(11)));
  out.add(form_hash(value, context.value().class_starts(), seed(12)));
  out.add(hash_of(value.substr(0, 3), seed(13)));
  out.add(hash_of(value.substr(value.size() - 3), seed(14)));
  out.add(seed(15) + static_cast<std::uint32_t>(std::min<std::size_t>(value.size(), 80)));
  std::uint32_t previous = 0;
  std::size_t words = 0;
  context.value().for_each_word_of_start([&](std::string_view one) {
    if (one.size() < 2 || words == 8) return;
    add_word(hash_of(one), 16, previous, out);
    ++words;
  });
  add_groups<3, 40>(subject.text, subject.value, 17, out);
}

template <class Out>
void add_surrounding_grams(const Subject& subject, const Context& context, Out& out) {
  const std::string_view text = subject.text;
  const std::string_view gap = part(text, context.gap());
  out.add(hash_of(gap, seed(21)));
  std::uint32_t signs = seed(22);
  for (const char c : gap) {
    if (!is(c, alphanumeric | blank)) signs = hash_byte(signs, c);
  }
  out.add(signs);
  out.add(hash_of(text.substr(subject.value.end, 2), seed(23)));
  out.add(hash_of(text.substr(subject.value.end, 1), signs));
  const std::size_t before = subject.name.begin - std::min<std::size_t>(2, subject.name.begin);
  out.add(hash_of(text.substr(before, subject.name.begin - before), seed(24)));
  add_words(text, context.words_before_name(), 25, 10, out);
  add_words(text, context.words_behind(), 26, 8, out);
}

template void add_name_grams(const Subject&, const Context&, Grams&);
template void add_name_grams(const Subject&, const Context&, GramSum&);
template void add_value_grams(const Subject&, const Context&, Grams&);
template void add_value_grams(const Subject&, const Context&, GramSum&);
template void add_surrounding_grams(const Subject&, const Context&, Grams&);
template void add_surrounding_grams(const Subject&, const Context&, GramSum&);

}  // namespace sluice::judge
