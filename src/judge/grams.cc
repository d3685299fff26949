#include "judge/grams.h"

#include <algorithm>
#include <array>

#include "judge/word_cursor.h"

namespace sluice::judge {
namespace {

// Kinds of grams, so that equal text of different kinds gives different numbers.
constexpr std::uint32_t seed(std::uint32_t kind) { return hash_start ^ (kind * 0x85EBCA6Bu); }

void add_word(std::uint32_t hash, std::uint32_t kind, std::uint32_t& previous, Grams& out) {
  out.add(hash ^ seed(kind));
  if (previous != 0) out.add((hash * 31 + previous) ^ seed(kind + 100));
  previous = hash;
}

void add_words(std::string_view text, std::span<const Word> words, std::uint32_t kind, std::size_t most, Grams& out) {
  std::uint32_t previous = 0;
  for (const Word& one : words) {
    if (one.size < 2) continue;
    if (most-- == 0) return;
    add_word(hash_of(text.substr(one.begin, one.size)), kind, previous, out);
  }
}

// Bytes in lower case, all digits alike.
constexpr std::array<unsigned char, 256> group_signs = [] {
  std::array<unsigned char, 256> signs{};
  for (std::size_t i = 0; i < signs.size(); ++i) {
    const char c = static_cast<char>(i);
    signs[i] = static_cast<unsigned char>(is(c, digit) ? '0' : to_lower(c));
  }
  return signs;
}();

// Groups of `Size` bytes in lower case, all digits alike, of the first `most_bytes`.
template <std::size_t Size, std::size_t most_bytes>
void add_groups(std::string_view text, std::uint32_t kind, Grams& out) {
  std::array<unsigned char, most_bytes> signs;
  const std::size_t size = std::min(text.size(), most_bytes);
  for (std::size_t i = 0; i < size; ++i) signs[i] = group_signs[static_cast<unsigned char>(text[i])];
  out.add_all(size < Size ? 0 : size - Size + 1, [&](std::size_t i) {
    std::uint32_t hash = seed(kind);
#pragma GCC unroll 4
    for (std::size_t k = 0; k < Size; ++k) hash = (hash ^ signs[i + k]) * 16777619u;  // as hash_byte
    return hash;
  });
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
std::uint32_t form_hash(std::string_view text, std::uint32_t hash) {
  unsigned last = 0;
  for (const char c : text.substr(0, 24)) {
    const unsigned sign = class_signs[static_cast<unsigned char>(c)];
    // Not hash_byte, which folds case. Without a branch, which nobody could foretell.
    const std::uint32_t next = (hash ^ sign) * 16777619u;
    hash ^= (hash ^ next) & (0u - std::uint32_t{sign != last});
    last = sign;
  }
  return hash;
}

}  // namespace

void add_name_grams(const Subject& subject, const Context& context, Grams& out) {
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
  add_groups<4, 32>(name, 7, out);
}

void add_value_grams(const Subject& subject, const Context& context, Grams& out) {
  const std::string_view value = part(subject.text, subject.value);
  out.add(hash_of(value.substr(0, 64), seed(11)));
  out.add(form_hash(value, seed(12)));
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
  add_groups<3, 40>(value, 17, out);
}

void add_surrounding_grams(const Subject& subject, const Context& context, Grams& out) {
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

}  // namespace sluice::judge
