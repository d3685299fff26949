#include "judge/context.h"

#include <algorithm>

#include "judge/word_cursor.h"

namespace sluice::judge {

using rules::Span;

namespace {

constexpr std::size_t line_side = 160;
constexpr std::size_t longest_gap = 48;

Span line_around(const Subject& subject) {
  const auto [value_begin, value_end] = subject.value;
  std::size_t begin = value_begin;
  while (begin > 0 && value_begin - begin < line_side && !is(subject.text[begin - 1], line_end)) --begin;
  std::size_t end = value_end;
  while (end < subject.text.size() && end - value_end < line_side && !is(subject.text[end], line_end)) ++end;
  return {begin, end};
}

Span gap_before(const Subject& subject) {
  const std::size_t begin = std::min(subject.name.end, subject.value.begin);
  return {std::max(begin, subject.value.begin - std::min(longest_gap, subject.value.begin)), subject.value.begin};
}

}  // namespace

Words::Words(std::string_view text, Span span) {
  const auto goes_on = [&](std::size_t at) {
    return is(text[at], letter) && is(text[at - 1], letter) && !(is(text[at], upper) && is(text[at - 1], lower));
  };
  while (span.begin > 0 && span.begin < span.end && goes_on(span.begin)) ++span.begin;
  for_each_word(part(text, span), [&](std::string_view found) {
    if (count_ == words_.size()) return;
    words_[count_++] = {static_cast<std::size_t>(found.data() - text.data()), found.size()};
  });
}

Context::Context(const Subject& subject)
    : line_(line_around(subject)),
      gap_(gap_before(subject)),
      start_(std::max(line_.begin, std::min(subject.name.begin, subject.value.begin))),
      before_(subject.text, {std::min(line_.begin, subject.value.begin - std::min(near, subject.value.begin)), subject.value.begin}),
      behind_(subject.text, {subject.value.end, std::max(line_.end, std::min(subject.text.size(), subject.value.end + near))}) {}

std::span<const Word> Context::before(std::size_t begin, std::size_t end) const {
  std::span<const Word> words = before_.all();
  while (!words.empty() && words.front().begin < begin) words = words.subspan(1);
  while (!words.empty() && words.back().end() > end) words = words.first(words.size() - 1);
  return words;
}

std::span<const Word> Context::behind(std::size_t end) const {
  std::span<const Word> words = behind_.all();
  while (!words.empty() && words.back().end() > end) words = words.first(words.size() - 1);
  return words;
}

}  // namespace sluice::judge
