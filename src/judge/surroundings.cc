#include <algorithm>
#include <array>
#include <cstdint>

#include "judge/describe.h"
#include "judge/word_kinds.h"

namespace sluice::judge {

using rules::Span;

namespace {

constexpr std::ptrdiff_t most_words = 12;  // of a line that are counted on either side

enum NearWord : std::uint32_t { of_account = 1, of_stand_in = 2 };

constexpr WordKinds<128> near_words({
    {of_account, {"user", "username", "login", "email", "account", "host", "hostname", "server", "database", "port", "url",
                  "endpoint", "uid", "usr", "admin", "root", "db"}},
    {of_stand_in, {"example", "sample", "placeholder", "dummy", "fake", "mock", "your", "changeme", "replace", "foo", "bar",
                   "lorem", "test", "invalid", "expected"}},
});

// What a byte adds to two counts, which share a number: of quotes, and of opening brackets in the upper half.
constexpr std::array<std::uint32_t, 256> quotes_and_brackets = [] {
  std::array<std::uint32_t, 256> counts{};
  for (const char c : {'(', '[', '{'}) counts[static_cast<unsigned char>(c)] = 1u << 16;
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += is(static_cast<char>(i), quote);
  return counts;
}();

void describe_near(const Subject& subject, const Context& context, Features& out) {
  const auto look = [&](std::span<const Word> words) {
    for (const Word& one : words) {
      if (!near_words.may_hold(subject.text[one.begin], one.size)) continue;
      const std::uint32_t kinds = near_words.of(hash_of(subject.text.substr(one.begin, one.size)));
      out[f_account_near] += (kinds & of_account) != 0;
      out[f_stand_in_near] += (kinds & of_stand_in) != 0;
    }
  };
  look(context.before(subject.value.begin - std::min(Context::near, subject.value.begin), subject.value.begin));
  look(context.behind(subject.value.end + Context::near));
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
  out[f_words_before] = count(context.before(context.line().begin, context.start()));
  out[f_words_after] = count(context.behind(context.line().end));
  bool in_string = false;
  const std::string_view text = subject.text.substr(0, std::max<std::size_t>(context.start(), 1) - 1);
  for (std::size_t i = text.find('"', context.line().begin); i != std::string_view::npos; i = text.find('"', i + 1)) {
    if (i == 0 || text[i - 1] != '\\') in_string = !in_string;
  }
  out[f_in_string] = in_string;
}

}  // namespace

void describe_surroundings(const Subject& subject, const Context& context, Features& out) {
  const Span line = context.line();
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
  std::uint32_t counts = 0;
  for (const char c : text) counts += quotes_and_brackets[static_cast<unsigned char>(c)];
  out[f_quotes_on_line] = static_cast<float>(counts & 0xFFFF);
  out[f_brackets_on_line] = static_cast<float>(counts >> 16);
  out[f_is_last_on_line] = is(behind, line_end) || line.end <= subject.value.end + 2;
  out[f_shape_kind] = static_cast<float>(subject.shape);
  describe_line(subject, context, out);
  describe_gap(subject, context.gap(), out);
  describe_near(subject, context, out);
}

}  // namespace sluice::judge
