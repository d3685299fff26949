#include "document/toml_scalar.h"

#include <cstddef>

namespace sluice::document {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// How many bytes at the start of `text` are digits of `set` with single `_` between them.
std::size_t digits(std::string_view text, std::string_view set) {
  std::size_t end = 0;
  while (end < text.size()) {
    if (set.find(text[end]) != std::string_view::npos) {
      ++end;
    } else if (text[end] == '_' && end > 0 && text[end - 1] != '_' && end + 1 < text.size() &&
               set.find(text[end + 1]) != std::string_view::npos) {
      ++end;
    } else {
      break;
    }
  }
  return end;
}

constexpr std::string_view decimal = "0123456789";

std::optional<ScalarType> number_type(std::string_view word) {
  for (const auto& [prefix, set] : {std::pair<std::string_view, std::string_view>{
                                        "0x", "0123456789abcdefABCDEF"},
                                    {"0o", "01234567"},
                                    {"0b", "01"}}) {
    if (!word.starts_with(prefix)) continue;
    const std::string_view rest = word.substr(2);
    if (rest.empty() || digits(rest, set) != rest.size()) return std::nullopt;
    return ScalarType::integer;
  }
  if (word.starts_with('+') || word.starts_with('-')) word.remove_prefix(1);
  if (word == "inf" || word == "nan") return ScalarType::real;
  const std::size_t whole = digits(word, decimal);
  if (whole == 0 || (whole > 1 && word[0] == '0')) return std::nullopt;
  word.remove_prefix(whole);
  if (word.empty()) return ScalarType::integer;
  if (word.starts_with('.')) {
    const std::size_t fraction = digits(word.substr(1), decimal);
    if (fraction == 0) return std::nullopt;
    word.remove_prefix(1 + fraction);
  }
  if (word.starts_with('e') || word.starts_with('E')) {
    word.remove_prefix(1);
    if (word.starts_with('+') || word.starts_with('-')) word.remove_prefix(1);
    const std::size_t exponent = digits(word, decimal);
    if (exponent == 0) return std::nullopt;
    word.remove_prefix(exponent);
  }
  if (!word.empty()) return std::nullopt;
  return ScalarType::real;
}

// Takes exactly `count` digits; -1 when there are fewer.
int take_number(std::string_view& text, std::size_t count) {
  if (text.size() < count) return -1;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (!is_digit(text[i])) return -1;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

int days_in(int year, int month) {
  static constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && is_leap ? 29 : days[month - 1];
}

bool take_date(std::string_view& text) {
  const int year = take_number(text, 4);
  if (year < 1 || !take(text, '-')) return false;
  const int month = take_number(text, 2);
  if (month < 1 || month > 12 || !take(text, '-')) return false;
  const int day = take_number(text, 2);
  return day >= 1 && day <= days_in(year, month);
}

bool take_clock(std::string_view& text) {
  const int hour = take_number(text, 2);
  if (hour < 0 || hour > 23 || !take(text, ':')) return false;
  const int minute = take_number(text, 2);
  return minute >= 0 && minute <= 59;
}

bool take_time(std::string_view& text) {
  if (!take_clock(text) || !take(text, ':')) return false;
  const int second = take_number(text, 2);
  if (second < 0 || second > 59) return false;
  if (!take(text, '.')) return true;
  const std::size_t before = text.size();
  while (!text.empty() && is_digit(text[0])) text.remove_prefix(1);
  return text.size() < before;
}

bool is_timestamp(std::string_view text) {
  std::string_view time = text;
  if (take_time(time)) return time.empty();
  if (!take_date(text)) return false;
  if (text.empty()) return true;
  if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) return false;
  if (!take_time(text)) return false;
  if (text.empty() || text == "Z" || text == "z") return true;
  return (take(text, '+') || take(text, '-')) && take_clock(text) && text.empty();
}

}  // namespace

std::optional<ScalarType> toml_type(std::string_view word) {
  if (word == "true" || word == "false") return ScalarType::boolean;
  if (const auto type = number_type(word)) return type;
  if (is_timestamp(word)) return ScalarType::timestamp;
  return std::nullopt;
}

}  // namespace sluice::document
