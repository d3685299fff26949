#include <algorithm>
#include <bit>
#include <cstdint>

#include "base/bits.h"
#include "judge/byte_window.h"
#include "judge/describe.h"
#include "judge/near_words.h"

namespace sluice::judge {

using rules::Span;

namespace {

constexpr std::ptrdiff_t most_words = 12;  // of a line that are counted on either side

// Kinds of the words that begin in `span` and end there. They are cut where the map's stretch ends.
template <class Visit>
void for_each_near_word(std::string_view text, const WordMap& map, Span span, Visit visit) {
  map.for_each_block(span, [&](std::size_t at, const WordMap::Block& block) {
    for (std::uint64_t left = block.likely; left != 0; left &= left - 1) {
      const std::size_t begin = at + static_cast<std::size_t>(std::countr_zero(left));
      const std::uint64_t ends = block.ends & ~(left ^ (left - 1));  // those behind it
      const std::size_t size = ends != 0 ? at + static_cast<std::size_t>(std::countr_zero(ends)) - begin
                                         : size_of_word(text.substr(begin, map.span().end - begin));
      if (near_words.may_hold(text[begin], size) && begin + size <= span.end) visit(near_words.of(hash_of(text.substr(begin, size))));
    }
  });
}

void describe_near(const Subject& subject, const Context& context, Features& out) {
  const auto count = [&](std::uint32_t kinds) {
    out[f_account_near] += (kinds & of_account) != 0;
    out[f_stand_in_near] += (kinds & of_stand_in) != 0;
  };
  const auto [begin, end] = subject.value;
  for_each_near_word(subject.text, context.map_before(), {begin - std::min(Context::near, begin), begin}, count);
  const std::size_t most = std::min(subject.text.size(), end + Context::near);
  for_each_near_word(subject.text, context.map_behind(), {end, most}, count);
}

void describe_gap(const Subject& subject, Span gap, Features& out) {
  out[f_gap_length] = static_cast<float>(gap.end - gap.begin);
  for (const char c : part(subject.text, gap)) {
    out[f_gap_signs] += !is(c, word | blank | line_end);
    out[f_gap_line_ends] += c == '\n';
  }
}

// Words on the line before the name and behind the value: prose has many. Whether the name stands in a
// string that began before it.
void describe_line(const Subject& subject, const Context& context, Features& out) {
  const auto count = [](std::span<const Word> words) {
    const auto found = std::count_if(words.begin(), words.end(), [](const Word& one) { return one.size > 1; });
    return static_cast<float>(std::min<std::ptrdiff_t>(found, most_words));
  };
  out[f_words_before] = count(context.words_before_name());
  out[f_words_after] = count(context.words_behind());
  bool in_string = false;
  char last = context.line().begin > 0 ? subject.text[context.line().begin - 1] : '\n';
  for (std::size_t i = context.line().begin; i + 1 < context.start(); ++i) {
    in_string ^= subject.text[i] == '"' && last != '\\';
    last = subject.text[i];
  }
  out[f_in_string] = in_string;
}

// Quotes, and opening brackets: a square one is a curly one in the other case.
void count_signs(std::string_view line, Features& out) {
  int quotes = 0, brackets = 0;
  for (std::size_t at = 0; at < line.size(); at += base::ByteBlock::size) {
    const base::ByteBlock block = block_at(line, at);
    quotes += base::bit_count((block.equal('"') | block.equal('\'') | block.equal('`')).bits());
    brackets += base::bit_count((block.equal('(') | block.folded().equal('{')).bits());
  }
  out[f_quotes_on_line] = static_cast<float>(quotes);
  out[f_brackets_on_line] = static_cast<float>(brackets);
}

bool begins_comment(std::string_view line) {
  if (line.empty()) return false;
  const char first = line[0], second = line.size() > 1 ? line[1] : '\n';
  return first == '#' || first == '*' || first == ';' || (first == '/' && (second == '/' || second == '*')) ||
         (first == '-' && second == '-');
}

}  // namespace

void describe_surroundings(const Subject& subject, const Context& context, Features& out) {
  const Span line = context.line();
  const std::string_view text = part(subject.text, line);
  std::size_t first = 0;
  while (first < text.size() && is(text[first], blank)) ++first;
  const std::string_view start = text.substr(first);
  const char before = subject.value.begin > 0 ? subject.text[subject.value.begin - 1] : '\n';
  const char behind = subject.value.end < subject.text.size() ? subject.text[subject.value.end] : '\n';
  out[f_is_quoted] = is(before, quote) ? (before == '"' ? 1.0f : before == '\'' ? 2.0f : 3.0f) : 0.0f;
  out[f_line_before] = static_cast<float>(subject.value.begin - line.begin);
  out[f_line_after] = static_cast<float>(line.end - subject.value.end);
  out[f_is_comment] = begins_comment(start);
  count_signs(text, out);
  out[f_is_last_on_line] = is(behind, line_end) || line.end <= subject.value.end + 2;
  out[f_shape_kind] = static_cast<float>(subject.shape);
  describe_line(subject, context, out);
  describe_gap(subject, context.gap(), out);
  describe_near(subject, context, out);
}

}  // namespace sluice::judge
