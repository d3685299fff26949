#include <algorithm>

#include "judge/describe.h"
#include "judge/line.h"
#include "judge/word_set.h"

namespace sluice::judge {

using rules::Span;

namespace {

constexpr std::size_t near_bytes = 128;  // where words are looked for
constexpr std::size_t most_words = 12;   // of a line that are counted on either side

constexpr WordSet account_words({"user", "username", "login", "email", "account", "host", "hostname", "server",
                                 "database", "port", "url", "endpoint", "uid", "usr", "admin", "root", "db"});
constexpr WordSet stand_in_words({"example", "sample", "placeholder", "dummy", "fake", "mock", "your", "changeme",
                                  "replace", "foo", "bar", "lorem", "test", "invalid", "expected"});

void describe_near(const Subject& subject, Features& out) {
  const std::size_t begin = subject.value.begin - std::min(near_bytes, subject.value.begin);
  const std::size_t end = std::min(subject.text.size(), subject.value.end + near_bytes);
  const auto look = [&](Span span) {
    for_each_word(part(subject.text, span), [&](std::string_view, std::uint32_t hash) {
      out[f_account_near] += account_words.holds(hash);
      out[f_stand_in_near] += stand_in_words.holds(hash);
    });
  };
  look({begin, subject.value.begin});
  look({subject.value.end, end});
}

void describe_gap(const Subject& subject, Features& out) {
  const Span gap = gap_of(subject);
  out[f_gap_length] = static_cast<float>(gap.end - gap.begin);
  for (const char c : part(subject.text, gap)) {
    out[f_gap_signs] += !is(c, word | blank | line_end);
    out[f_gap_line_ends] += c == '\n';
  }
}

// Words on the line before the name and behind the value: prose has many. Whether the name stands in a
// string that began before it.
void describe_line(const Subject& subject, Span line, Features& out) {
  const auto words_in = [&](Span span) {
    std::size_t words = 0;
    for_each_word(part(subject.text, span), [&](std::string_view one, std::uint32_t) { words += one.size() > 1; });
    return static_cast<float>(std::min<std::size_t>(words, most_words));
  };
  const std::size_t start = std::max(line.begin, std::min(subject.name.begin, subject.value.begin));
  out[f_words_before] = words_in({line.begin, start});
  out[f_words_after] = words_in({subject.value.end, std::max(subject.value.end, line.end)});
  bool in_string = false;
  for (std::size_t i = line.begin; i + 1 < start; ++i) {
    if (subject.text[i] == '"' && (i == 0 || subject.text[i - 1] != '\\')) in_string = !in_string;
  }
  out[f_in_string] = in_string;
}

}  // namespace

Span gap_of(const Subject& subject) {
  const std::size_t begin = std::min(subject.name.end, subject.value.begin);
  return {std::max(begin, subject.value.begin - std::min<std::size_t>(48, subject.value.begin)), subject.value.begin};
}

Span line_of(const Subject& subject) {
  constexpr std::size_t side = 160;
  std::size_t begin = subject.value.begin;
  while (begin > 0 && subject.value.begin - begin < side && !is(subject.text[begin - 1], line_end)) --begin;
  std::size_t end = subject.value.end;
  while (end < subject.text.size() && end - subject.value.end < side && !is(subject.text[end], line_end)) ++end;
  return {begin, end};
}

void describe_surroundings(const Subject& subject, Features& out) {
  const Span line = line_of(subject);
  const std::string_view text = part(subject.text, line);
  const std::size_t first = text.find_first_not_of(" \t");
  const std::string_view start = first == std::string_view::npos ? std::string_view() : text.substr(first);
  const char before = subject.value.begin > 0 ? subject.text[subject.value.begin - 1] : '\n';
  const char behind = subject.value.end < subject.text.size() ? subject.text[subject.value.end] : '\n';
  out[f_is_quoted] = is(before, quote) ? (before == '"' ? 1.0f : before == '\'' ? 2.0f : 3.0f) : 0.0f;
  out[f_line_before] = static_cast<float>(subject.value.begin - line.begin);
  out[f_line_after] = static_cast<float>(line.end - subject.value.end);
  out[f_is_comment] = start.starts_with("//") || start.starts_with("#") || start.starts_with("*") ||
                      start.starts_with("/*") || start.starts_with("--") || start.starts_with(";");
  for (const char c : text) {
    out[f_quotes_on_line] += is(c, quote);
    out[f_brackets_on_line] += c == '(' || c == '[' || c == '{';
  }
  out[f_is_last_on_line] = is(behind, line_end) || line.end <= subject.value.end + 2;
  out[f_shape_kind] = static_cast<float>(subject.shape);
  describe_line(subject, line, out);
  describe_gap(subject, out);
  describe_near(subject, out);
}

}  // namespace sluice::judge
