#include "judge/literal.h"

#include <algorithm>

#include "base/text.h"

namespace sluice::judge {
namespace {

constexpr std::size_t least_value = 4;
constexpr std::size_t largest_value = 512;
constexpr std::size_t least_broken = 40;  // bytes of a line of a value that goes on

// Skips `Bearer `, `Basic ` and their like, which say how what follows authenticates.
void skip_scheme(Peek& peek) {
  for (const std::string_view scheme : {"bearer ", "basic ", "token ", "apikey ", "bot ", "key ", "ntlm "}) {
    if (peek.skip(scheme)) return;
  }
}

bool ends_bare(char c) {
  return is(c, blank | line_end | quote) || c == '<' || c == '>' || c == ';' || c == '&' || c == ',' ||
         c == '\\';
}

std::optional<Literal> literal_of(std::size_t begin, std::size_t end, bool is_quoted) {
  if (end - begin < least_value) return {};
  return Literal{{begin, end}, is_quoted};
}

bool is_constant(std::string_view value) {
  static constexpr std::string_view constants[] = {
      "true", "false", "null",   "none", "undefined", "nullptr",  "string", "self", "this", "yes",
      "bool", "int",   "number", "void", "optional",  "required", "number", "text", "byte", "bytes",
  };
  return std::any_of(std::begin(constants), std::end(constants), [&](std::string_view constant) {
    return base::equals_ignoring_case(value, constant);
  });
}

bool is_interpolation(std::string_view value) {
  const auto holds = [&](std::string_view sign) { return value.find(sign) != std::string_view::npos; };
  if (holds("${") || holds("{{") || holds("$(") || holds("#{") || holds("%(") || holds("<%")) return true;
  const char first = value.front();
  const char last = value.back();
  // `{name}` is filled in; what holds more is data, perhaps JSON with a secret in it.
  const bool is_plain = value.find_first_of("\":\\") == std::string_view::npos;
  if ((first == '<' && last == '>') || (first == '{' && last == '}' && is_plain) ||
      (first == '%' && last == '%')) {
    return true;
  }
  return first == '$' && std::all_of(value.begin() + 1, value.end(), [](char c) { return is(c, word); });
}

// `name(`, `name[`, `a.b`, `a->b`, `a::b`, `@name`, `&name`, `*name`: an expression, not a value.
bool is_expression(std::string_view value) {
  if (value.find_first_of("([{") != std::string_view::npos) return true;
  if (value.find("->") != std::string_view::npos || value.find("::") != std::string_view::npos) return true;
  if (value.front() == '|' || value.front() == '=') return true;
  const std::size_t dot = value.find('.');
  return dot != 0 && dot != std::string_view::npos && is(value.front(), letter | underscore) &&
         std::all_of(value.begin(), value.end(), [](char c) { return is(c, letter | underscore) || c == '.'; });
}

}  // namespace

std::optional<Literal> read_quoted(Peek& peek) {
  const bool is_escaped = peek.ahead() == '\\';
  if (is_escaped) peek.move();
  const char mark = peek.ahead();
  peek.move();
  if (!is_escaped && peek.ahead() == mark && peek.ahead(1) == mark) peek.move(2);
  skip_scheme(peek);
  const std::size_t begin = peek.at();
  for (std::size_t i = 0; i <= largest_value; ++i) {
    const char c = peek.ahead();
    // Long values are broken into lines; short ones end on theirs.
    if (is(c, line_end)) return i < least_broken ? std::nullopt : literal_of(begin, peek.at(), true);
    const bool closes = is_escaped ? c == '\\' && peek.ahead(1) == mark : c == mark;
    if (closes) return literal_of(begin, peek.at(), true);
    peek.move(c == '\\' && !is(peek.ahead(1), line_end) ? 2 : 1);
  }
  return literal_of(begin, peek.at(), true);
}

std::optional<Literal> read_bare(Peek& peek) {
  skip_scheme(peek);
  const std::size_t begin = peek.at();
  // The arrow of `a->b` ends nothing.
  while (!ends_bare(peek.ahead()) || (peek.ahead() == '>' && peek.at() > begin && peek.before(peek.at()) == '-')) {
    if (peek.at() - begin > largest_value) return {};
    peek.move();
  }
  std::size_t end = peek.at();
  // What closes something that was opened before the value is none of it.
  while (end > begin) {
    const char last = peek.before(end);
    if (last != ')' && last != ']' && last != '}' && last != '\\' && last != ',') break;
    --end;
  }
  return literal_of(begin, end, false);
}

bool cannot_be_secret(std::string_view value, bool is_quoted) {
  if (is_interpolation(value)) return true;
  if (value.find_first_not_of(value.front()) == std::string_view::npos) return true;
  if (is_constant(value)) return true;
  return !is_quoted && is_expression(value);
}

}  // namespace sluice::judge
