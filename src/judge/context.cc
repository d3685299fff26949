#include "judge/context.h"

#include <algorithm>
#include <bit>

#include "base/bits.h"
#include "judge/byte_window.h"
#include "judge/word_cursor.h"

namespace sluice::judge {

using rules::Span;

namespace {

constexpr std::size_t line_side = 160;
constexpr std::size_t longest_gap = 48;

std::uint64_t line_ends(const base::ByteBlock& block) { return (block.equal('\n') | block.equal('\r')).bits(); }

std::size_t line_begin(std::string_view text, std::size_t at) {
  const std::size_t least = at - std::min(line_side, at);
  while (at > least) {
    const std::size_t from = at - std::min(base::ByteBlock::size, at - least);
    const std::uint64_t ends = line_ends(block_at(text, from)) & base::first_bits(at - from);
    if (ends != 0) return from + static_cast<std::size_t>(std::bit_width(ends));
    at = from;
  }
  return at;
}

std::size_t line_end_of(std::string_view text, std::size_t at) {
  const std::size_t most = std::min(text.size(), at + line_side);
  for (; at < most; at += base::ByteBlock::size) {
    const std::uint64_t ends = line_ends(block_at(text, at));
    if (ends != 0) return std::min(most, at + static_cast<std::size_t>(std::countr_zero(ends)));
  }
  return most;
}

// Whether the words of a name are those that `map` has there: none of them began before it.
bool has_words_of(const WordMap& map, std::string_view text, Span name) {
  return map.span().begin <= name.begin && name.end <= map.span().end && (name.begin == 0 || !is(text[name.begin - 1], letter));
}

Span gap_before(const Subject& subject) {
  const std::size_t begin = std::min(subject.name.end, subject.value.begin);
  return {std::max(begin, subject.value.begin - std::min(longest_gap, subject.value.begin)), subject.value.begin};
}

}  // namespace

// Each word that begins ends later, in the same order.
Words::Words(const WordMap& map, std::string_view text, Span span) {
  const std::size_t end = std::min(span.end, span.begin + reach);
  const bool is_in_word = span.begin > 0 && span.begin < text.size() && is(text[span.begin - 1], letter);
  std::size_t ended = is_in_word ? 0 : 1;
  words_[0].begin = 0;
  map.for_each_block({span.begin, end}, [&](std::size_t at, const WordMap::Block& block) {
    for (std::uint64_t left = block.starts; left != 0; left &= left - 1) {
      words_[++count_].begin = at + static_cast<std::size_t>(std::countr_zero(left));
    }
    for (std::uint64_t left = block.ends; left != 0; left &= left - 1) {
      words_[ended].size = at + static_cast<std::size_t>(std::countr_zero(left)) - words_[ended].begin;
      ++ended;
    }
  });
  if (ended == count_ && ended > 0) words_[ended].size = end - words_[ended].begin;
}

NameWords::NameWords(std::string_view text, Span name, const WordMap& map)
    : text_(has_words_of(map, text, name) ? text : part(text, name)),
      words_(text_.data() == text.data() && text_.size() == text.size() ? Words(map, text, name) : Words(text_)) {
  std::size_t i = 0;
  for (const Word& one : words_.all()) hashes_[i++] = hash_of(text_.substr(one.begin, one.size));
}

Context::Context(const Subject& subject)
    : line_{line_begin(subject.text, subject.value.begin), line_end_of(subject.text, subject.value.end)},
      gap_(gap_before(subject)),
      start_(std::max(line_.begin, std::min(subject.name.begin, subject.value.begin))),
      value_(subject.text, subject.value),
      map_before_(subject.text, {std::min(line_.begin, subject.value.begin - std::min(near, subject.value.begin)), subject.value.begin}),
      map_behind_(subject.text, {subject.value.end, std::max(line_.end, std::min(subject.text.size(), subject.value.end + near))}),
      name_(subject.text, subject.name, map_before_),
      before_(map_before_, subject.text, {line_.begin, subject.value.begin}),
      behind_(map_behind_, subject.text, {subject.value.end, line_.end}) {}

std::span<const Word> Context::words_before_name() const {
  std::span<const Word> words = before_.all();
  while (!words.empty() && words.back().end() > start_) words = words.first(words.size() - 1);
  return words;
}

}  // namespace sluice::judge
