#include "judge/subject.h"

#include "judge/characters.h"

namespace sluice::judge {

using rules::Span;

namespace {

constexpr std::size_t longest_name = 40;
constexpr std::size_t longest_gap = 24;

bool is_in_name(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (is(c, word)) return true;
  const bool joins = c == '-' || c == '.' || c == '$';
  return joins && at + 1 < text.size() && is(text[at + 1], word) && (c != '-' || at == 0 || text[at - 1] != '-');
}

Span name_around(std::string_view text, Span keyword) {
  Span name = keyword;
  while (name.begin > 0 && keyword.begin - name.begin < longest_name && is_in_name(text, name.begin - 1)) {
    --name.begin;
  }
  while (name.end < text.size() && name.end - keyword.end < longest_name && is_in_name(text, name.end)) {
    ++name.end;
  }
  return name;
}

// The last name on the line before `at`, if only signs and blanks lie between.
Span name_before(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end > 0 && at - end < longest_gap && !is(text[end - 1], word | line_end)) --end;
  std::size_t begin = end;
  while (begin > 0 && end - begin < longest_name && is_in_name(text, begin - 1)) --begin;
  return {begin, end};
}

}  // namespace

Subject subject_of(std::string_view text, const rules::Rule& rule, Span keyword, Span value) {
  Subject subject{text, {}, keyword, value, rule.shape};
  const bool apart = keyword.end <= value.begin || value.end <= keyword.begin;
  if (rule.shape == rules::Shape::uuid || !apart) {
    subject.name = name_before(text, value.begin);
    subject.keyword = {subject.name.begin, subject.name.begin};
  } else {
    subject.name = name_around(text, keyword);
    // A value beside its keyword without a sign between them is no part of the name.
    if (subject.name.end > value.begin && keyword.end <= value.begin) subject.name.end = value.begin;
    if (subject.name.begin < value.end && value.end <= keyword.begin) subject.name.begin = value.end;
  }
  return subject;
}

}  // namespace sluice::judge
