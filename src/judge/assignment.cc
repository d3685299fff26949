#include "judge/assignment.h"

#include <algorithm>
#include <optional>

#include "judge/fallback.h"
#include "judge/literal.h"
#include "judge/name_rules.h"
#include "judge/peek.h"

namespace sluice::judge {

using namespace std::string_view_literals;

using rules::Span;

namespace {

constexpr std::size_t longest_name = 40;   // bytes of a name on either side of its keyword
constexpr std::size_t longest_gap = 24;    // blanks in a row
constexpr std::size_t longest_indent = 64;

enum class Separator { none, assign, call, comma, markup, blank };

// The rest of the name, behind its keyword; false when that is no name's end.
bool skip_name(Peek& peek) {
  for (std::size_t i = 0; i < longest_name; ++i) {
    const char c = peek.ahead();
    const bool joins = (c == '-' || c == '.' || c == '$') && is(peek.ahead(1), word);
    if (!is(c, word) && !joins) return true;
    peek.move();
  }
  return false;
}

// What closes a name: quotes, brackets, marks. True when there was a quote.
bool skip_closers(Peek& peek) {
  bool is_quoted = false;
  for (int i = 0; i < 4; ++i) {
    const char c = peek.ahead();
    const bool is_escape = c == '\\' && is(peek.ahead(1), quote);
    const bool is_mark = c == ')' || c == ']' || c == '}' || c == '*' ||
                         (c == '?' && peek.ahead(1) != '=' && peek.ahead(1) != '?');
    if (!is_escape && !is(c, quote) && !is_mark) break;
    is_quoted |= is(c, quote);
    peek.move();
  }
  return is_quoted;
}

// `: string =`, `: &str =`, `: Option<String> =`: a type between the name and its value.
void skip_type(Peek& peek) {
  const std::size_t start = peek.at();
  peek.skip(blank, 4);
  if (peek.ahead() == '&' || peek.ahead() == '*') peek.move();
  if (!is(peek.ahead(), letter)) return peek.move_to(start);
  for (int i = 0; i < 32; ++i) {
    const char c = peek.ahead();
    if (!is(c, word) && c != '.' && c != '<' && c != '>' && c != '[' && c != ']' && c != ':') break;
    peek.move();
  }
  peek.skip(blank, 4);
  if (peek.ahead() == '=' && peek.ahead(1) != '=' && peek.ahead(1) != '>') return peek.move();
  peek.move_to(start);
}

// `"NAME" value="`, `"NAME", "value": "`, `NAME\n  value: `: the value is given under a name of its own.
bool skip_value_name(Peek& peek) {
  const std::size_t start = peek.at();
  if (peek.ahead() == ',') peek.move();
  peek.skip(blank | line_end, longest_indent);
  if (is(peek.ahead(), quote)) peek.move();
  const bool is_named = peek.skip("value") || peek.skip("defaultvalue") || peek.skip("default") ||
                        peek.skip("content") || peek.skip("val");
  if (is_named) {
    if (is(peek.ahead(), quote)) peek.move();
    peek.skip(blank, longest_gap);
    if (peek.skip("=>") || peek.skip("=") || peek.skip(":")) return true;
  }
  peek.move_to(start);
  return false;
}

Separator skip_sign(Peek& peek) {
  switch (peek.ahead()) {
    case '=':
      peek.move();
      if (!peek.skip(">")) {
        while (peek.ahead() == '=') peek.move();
      }
      return Separator::assign;
    case ':':
      if (peek.skip("::=")) return Separator::assign;
      if (peek.ahead(1) == ':') return Separator::none;
      peek.move();
      if (!peek.skip("=")) skip_type(peek);
      return Separator::assign;
    case '(': peek.move(); return Separator::call;
    case ',': peek.move(); return Separator::comma;
    case '>': peek.move(); return peek.ahead() == '=' ? Separator::none : Separator::markup;
    case '!': case '?': case '|': case '+': case '.': break;
    default: return Separator::none;
  }
  for (const std::string_view sign : {"!=="sv, "!="sv, "?="sv, "||="sv, "||"sv, "?\?="sv, "?\?"sv, "?:"sv, "+="sv, ".="sv, "| default "sv}) {
    if (peek.skip(sign)) return Separator::assign;
  }
  return Separator::none;
}

// Whether the name is a command-line option: `--name`, `-name`, `/name`.
bool is_option(Peek& peek, std::size_t keyword) {
  for (std::size_t at = keyword, i = 0; i <= longest_name; --at, ++i) {
    const char c = peek.before(at);
    if (is(c, word)) continue;
    return c == '-' && (at == 1 || !is(peek.before(at - 1), word));
  }
  return false;
}

// `ENV NAME value` of a Dockerfile, `setenv NAME value` of a shell, `setx NAME value` of Windows.
bool is_set_by_command(Peek& peek, std::size_t keyword) {
  std::size_t at = keyword;
  while (keyword - at <= longest_name && is(peek.before(at), word)) --at;
  if (!is(peek.before(at), blank)) return false;
  --at;
  for (const std::string_view command : {"env"sv, "setenv"sv, "setx"sv}) {
    std::size_t start = at;
    std::size_t left = command.size();
    while (left > 0 && to_lower(peek.before(start)) == command[left - 1]) --start, --left;
    if (left == 0 && is(peek.before(start), blank | line_end)) return true;
  }
  return false;
}

Separator skip_separator(Peek& peek, std::size_t keyword) {
  const bool is_quoted = skip_closers(peek);
  const std::size_t gap = peek.skip(blank, longest_gap);
  const char c = peek.ahead();
  if ((is_quoted || c == '\n' || c == '\r' || gap > 0 || c == ',') && skip_value_name(peek)) {
    return Separator::assign;
  }
  if (is_quoted && gap > 0 && (skip_to_fallback(peek) || skip_to_block(peek))) return Separator::assign;
  const Separator sign = skip_sign(peek);
  if (sign == Separator::assign && gap == 0) skip_default_sign(peek, keyword);
  if (sign != Separator::none) return sign;
  if (gap == 0 || is_quoted) return Separator::none;
  if (peek.skip("or ") || peek.skip("is ") || peek.skip("by ")) {
    return is(peek.ahead(), quote) ? Separator::assign : Separator::none;
  }
  if (is(peek.ahead(), quote) || is_option(peek, keyword) || is_set_by_command(peek, keyword)) return Separator::blank;
  return Separator::none;
}

// What may stand between a separator and the value's quote: calls, brackets, prefixes.
bool skip_to_quote(Peek& peek) {
  for (int i = 0; i < 4; ++i) {
    peek.skip(blank, longest_gap);
    const char c = peek.ahead();
    if (is(c, quote) || (c == '\\' && is(peek.ahead(1), quote))) return true;
    if (c == '(' || c == '[' || c == '{' || c == '@' || c == '&' || c == '$') {
      peek.move();
      continue;
    }
    std::size_t size = 0;
    while (size < longest_name && (is(peek.ahead(size), word) || peek.ahead(size) == '.' ||
                                   peek.ahead(size) == ':' || peek.ahead(size) == ']')) {
      ++size;
    }
    if (size == 0) return false;
    const char next = peek.ahead(size);
    const bool is_prefix = size <= 2 && is(next, quote);
    const bool is_new = size == 3 && peek.ahead_is("new ");
    if (next != '(' && !is_prefix && !is_new) return false;
    peek.move(is_prefix ? size : size + 1);
  }
  return false;
}

// To the value's quote, on this line or the next; back where it was when there is none.
bool find_quote(Peek& peek) {
  const std::size_t start = peek.at();
  peek.skip(blank, longest_gap);
  if (peek.ahead() == '\\' && is(peek.ahead(1), line_end)) peek.move();
  if (is(peek.ahead(), line_end)) peek.skip(blank | line_end, longest_indent);
  if (skip_to_quote(peek)) return true;
  peek.move_to(start);
  return false;
}

// In a list of names the value is a name, too.
bool is_name_of_another(Peek& peek, Span value) {
  peek.move_to(value.end);
  while (peek.ahead() == '\\' || is(peek.ahead(), quote)) peek.move();
  peek.skip(blank, longest_gap);
  return peek.ahead() == ':' || (peek.ahead() == '=' && peek.ahead(1) == '>');
}

// `? "NAME" : "value"`: the name is the other choice.
bool is_choice(Peek& peek, std::size_t keyword) {
  std::size_t at = keyword;
  while (keyword - at <= longest_name && is(peek.before(at), word)) --at;
  if (!is(peek.before(at), quote)) return false;
  --at;
  for (std::size_t i = 0; i < 4 && is(peek.before(at), blank); ++i) --at;
  return peek.before(at) == '?';
}

// `Authorization: Scheme value` of a scheme that is not known, and prose.
bool is_scheme(Peek& peek, Span keyword, Span value) {
  peek.move_to(keyword.end);
  if (!peek.ahead_is("oriz") && !peek.ahead_is("oris")) return false;
  peek.move_to(value.end);
  return peek.skip(blank, 4) > 0 && !is(peek.ahead(), line_end);
}

// `subject: word and more`: prose, not a value.
bool is_prose(Peek& peek, std::string_view text, Span value) {
  const auto is_letter = [](char c) { return is(c, letter); };
  const std::string_view bare = part(text, value);
  if (!std::all_of(bare.begin(), bare.end(), is_letter) || !is(peek.before(value.begin), blank)) return false;
  if (peek.before(value.begin - 1) != ':') return false;
  peek.move_to(value.end);
  return peek.skip(blank, 1) > 0 && is(peek.ahead(), letter);
}

// `to pass "-std=gnu99" on`, `Pass `--name``: a verb.
bool is_verb(Peek& peek, Span keyword, Span value) {
  if (keyword.end - keyword.begin != 4 || !is(peek.before(value.begin), quote)) return false;
  if (!is(peek.before(keyword.begin), blank | line_end)) return false;
  peek.move_to(keyword.end);
  if (peek.skip(blank, 1) == 0 || peek.at() + 1 != value.begin) return false;
  if (peek.before(value.begin) == '`') return true;
  const bool starts_line = is(peek.before(keyword.begin), line_end);
  return !starts_line && (is(peek.before(keyword.begin - 1), letter) || peek.before(keyword.begin - 1) == ',');
}

bool is_told_by_its_place(Peek& peek, std::string_view text, Span keyword, const Literal& literal) {
  if (is_public_name(peek, keyword, literal.span) || is_choice(peek, keyword.begin)) return true;
  if (literal.is_quoted && is_verb(peek, keyword, literal.span)) return true;
  return !literal.is_quoted && (is_scheme(peek, keyword, literal.span) || is_prose(peek, text, literal.span));
}

// The value, wherever it stands behind the separator.
std::optional<Literal> read_value(Peek& peek, std::string_view text, Separator separator) {
  if (skip_to_piped(peek)) return is(peek.ahead(), quote) ? read_quoted(peek) : read_bare(peek);
  const bool is_quoted = find_quote(peek);
  if (!is_quoted && (separator == Separator::call || separator == Separator::comma)) return {};
  if (!is_quoted) peek.skip(separator == Separator::markup ? blank | line_end : blank, longest_indent);
  std::optional<Literal> literal = is_quoted ? read_quoted(peek) : read_bare(peek);
  if (!literal) return {};
  if (is_quoted && separator == Separator::comma && is_name_of_another(peek, literal->span)) return {};
  if (separator != Separator::assign || !skip_to_fallback_of(peek, text, *literal)) return literal;
  return read_quoted(peek);
}

}  // namespace

Assignment read_assignment(std::string_view text, Span keyword) {
  Peek peek(text, keyword.end);
  Assignment assignment;
  std::optional<Literal> literal;
  if (!is_part_of_another_word(peek, keyword) && skip_name(peek)) {
    const Separator separator = skip_separator(peek, keyword.begin);
    if (separator != Separator::none) literal = read_value(peek, text, separator);
  }
  if (literal) {
    assignment.value = literal->span;
    const bool is_none = cannot_be_secret(part(text, literal->span), *literal) ||
                         is_told_by_its_place(peek, text, keyword, *literal);
    assignment.outcome = is_none ? Assignment::Outcome::rejected : Assignment::Outcome::found;
  }
  assignment.seen = {std::min(peek.least(), keyword.begin), std::max(peek.most(), keyword.end)};
  assignment.saw_begin = peek.saw_begin();
  assignment.saw_end = peek.saw_end();
  return assignment;
}

}  // namespace sluice::judge
