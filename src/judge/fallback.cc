#include "judge/fallback.h"

#include <algorithm>

namespace sluice::judge {

using namespace std::string_view_literals;
namespace {

constexpr std::size_t longest_name = 40;  // bytes of a name before its keyword
constexpr std::size_t longest_gap = 24;   // blanks in a row
constexpr int most_closers = 4;

bool skip_to_quote_behind(Peek& peek, std::initializer_list<std::string_view> signs) {
  const std::size_t start = peek.at();
  for (const std::string_view sign : signs) {
    if (!peek.skip(sign)) continue;
    peek.skip(blank, longest_gap);
    if (is(peek.ahead(), quote)) return true;
    peek.move_to(start);
  }
  return false;
}

bool is_variable(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) { return is(c, upper | digit | underscore); });
}

}  // namespace

void skip_default_sign(Peek& peek, std::size_t keyword) {
  if (peek.ahead() != '-' && peek.ahead() != '=') return;
  std::size_t at = keyword;
  while (keyword - at <= longest_name && is(peek.before(at), word)) --at;
  if (peek.before(at) == '{' && peek.before(at - 1) == '$') peek.move();
}

bool skip_to_fallback(Peek& peek) { return skip_to_quote_behind(peek, {"or ", "||", "?\?", "?:"}); }

bool skip_to_block(Peek& peek) { return skip_to_quote_behind(peek, {"{"}); }

bool skip_to_fallback_of(Peek& peek, std::string_view text, const Literal& literal) {
  if (literal.is_quoted && !is_variable(part(text, literal.span))) return false;
  peek.move_to(literal.span.end);
  for (int i = 0; i < most_closers && (is(peek.ahead(), quote) || peek.ahead() == ')' || peek.ahead() == ']'); ++i) peek.move();
  if (literal.is_quoted && skip_to_quote_behind(peek, {", "})) return true;
  return peek.skip(blank, longest_gap) > 0 && skip_to_fallback(peek);
}

bool skip_to_piped(Peek& peek) {
  const std::size_t start = peek.at();
  peek.skip(blank, longest_gap);
  if (is(peek.ahead(), quote)) peek.move();
  if (peek.skip("$(")) {
    peek.skip(blank, longest_gap);
    if (peek.skip("printf ") || peek.skip("echo ")) {
      for (const std::string_view option : {"-n "sv, "-e "sv, "-- "sv, "%s "sv, "'%s' "sv, "\"%s\" "sv}) peek.skip(option);
      return true;
    }
  }
  peek.move_to(start);
  return false;
}

}  // namespace sluice::judge
