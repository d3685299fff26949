#include "judge/value_forms.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "base/processor.h"
#include "base/text.h"
#include "judge/characters.h"
#include "judge/literal.h"
#include "judge/letter_pairs.h"
#include "judge/value_bytes.h"

namespace sluice::judge {
namespace {

constexpr std::size_t least_odd = 20;
constexpr std::size_t least_signature = 20;
constexpr std::size_t most_of_number = 13;  // digits: a time in milliseconds
constexpr std::size_t most_of_hex_number = 16;
constexpr std::size_t longest_number_prefix = 6;
constexpr std::size_t uuid_size = 36;

// What no token says of itself by chance.
constexpr std::string_view false_values[] = {"fake", "dummy", "invalid", "notreal", "example", "bogus"};

// By the first letter of one of them its second.
constexpr std::array<char, 256> second_of_false_value = [] {
  std::array<char, 256> second{};
  for (const std::string_view one : false_values) {
    second[static_cast<unsigned char>(one[0])] = second[static_cast<unsigned char>(one[0] - 'a' + 'A')] = one[1];
  }
  return second;
}();

constexpr bool may_begin_false(char first, char second) {
  return second_of_false_value[static_cast<unsigned char>(first)] == to_lower(second);
}

bool begins_false(std::string_view text) {
  return std::any_of(std::begin(false_values), std::end(false_values), [&](std::string_view one) {
    return one.front() == to_lower(text.front()) && base::equals_ignoring_case(text.substr(0, one.size()), one);
  });
}

#if defined(__x86_64__)
constexpr LetterPairs false_pairs(may_begin_false);

__attribute__((target("avx2"))) bool is_false_with_avx2(const ValueBytes& value) {
  for (std::uint64_t left = false_pairs.likely_at(value.begin_of_block()) & value.valid(); left != 0; left &= left - 1) {
    if (begins_false(value.bytes().substr(static_cast<std::size_t>(std::countr_zero(left))))) return true;
  }
  return false;
}
#endif

}  // namespace

bool is_broken_jwt(std::string_view value) {
  if (!value.starts_with("eyJhbGciOi") && !value.starts_with("eyJ0eXAiOi")) return false;
  const auto dots = std::count(value.begin(), value.end(), '.');
  if (dots == 4) return false;  // encrypted (RFC 7516)
  return dots != 2 || value.size() - value.rfind('.') - 1 < least_signature;  // signed (RFC 7515)
}

bool has_odd_sign(std::string_view value, unsigned traits) {
  if (value.size() >= least_token && (value.front() == '=' || value.front() == '?')) return true;
  if ((traits & (is_odd | is_percent)) == 0 || value.size() < least_odd || value.starts_with("http") || value.front() == '{') return false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (c == '%') {
      if (i + 2 >= value.size() || !is(value[i + 1], hexadecimal) || !is(value[i + 2], hexadecimal)) return true;
    } else if (!is(c, word) && std::string_view("-.+/=:~|\\").find(c) == std::string_view::npos) {
      return true;
    }
  }
  return false;
}

bool is_plain_number(std::string_view value) {
  if (value.size() > most_of_hex_number + longest_number_prefix) return false;
  const std::size_t prefix = value.find("0x");
  const bool is_hex = prefix != std::string_view::npos && prefix <= longest_number_prefix - 2;
  if (is_hex) value.remove_prefix(prefix + 2);
  return !value.empty() && value.size() <= (is_hex ? most_of_hex_number : most_of_number) &&
         std::all_of(value.begin(), value.end(), [&](char c) { return is(c, is_hex ? hexadecimal : digit); });
}

bool is_address(std::string_view value) {
  const std::size_t scheme = value.find("://");
  return scheme != std::string_view::npos && scheme > 1 && scheme < 12 && value.find_first_of("@?=", scheme) == std::string_view::npos;
}

bool is_mail_address(std::string_view value) {
  constexpr std::size_t least_part = 3;
  const std::size_t at = value.find('@');
  if (at == std::string_view::npos || at < least_part) return false;
  const std::string_view host = value.substr(at + 1);
  const std::size_t dot = host.rfind('.');
  if (dot == std::string_view::npos || dot < least_part || host.size() - dot < least_part) return false;
  const auto in_name = [](char c) { return is(c, word) || c == '.' || c == '-' || c == '+'; };
  const auto in_host = [](char c) { return is(c, lower | digit) || c == '.' || c == '-'; };
  return std::all_of(value.begin(), value.begin() + static_cast<std::ptrdiff_t>(at), in_name) &&
         std::all_of(host.begin(), host.end(), in_host) &&
         std::all_of(host.begin() + static_cast<std::ptrdiff_t>(dot) + 1, host.end(), [](char c) { return is(c, lower); });
}

bool is_reply(std::string_view value) {
  constexpr std::size_t code = 3;
  if (value.size() < code + 2 || value[0] < '1' || value[0] > '5' || !is(value[1], digit) || !is(value[2], digit)) return false;
  if (value[code] != ' ' && value[code] != '-') return false;
  return is(value[code + 1], letter) && value.find(' ', code + 1) != std::string_view::npos;
}

bool is_format(std::string_view value) {
  for (std::size_t at = value.find('%'); at != std::string_view::npos; at = value.find('%', at + 1)) {
    std::size_t end = at + 1;
    while (end < value.size() && (is(value[end], digit) || value[end] == '.' || value[end] == '*')) ++end;
    if (end > at + 1 && end == value.size()) return true;
    const bool is_escape = at + 2 < value.size() && is(value[at + 1], hexadecimal) && is(value[at + 2], hexadecimal);
    if (end < value.size() && !is_escape && std::string_view("sdux").find(value[end]) != std::string_view::npos) return true;
  }
  return false;
}

bool is_mock_uuid(std::string_view value) {
  if (value.size() < uuid_size) return false;
  const std::size_t before = value.size() - uuid_size;
  if (before > 0 && is(value[before - 1], alphanumeric)) return false;
  const std::string_view uuid = value.substr(before);
  return has_form_of_uuid(uuid, alphanumeric) && !is_uuid(uuid);
}

bool is_false_value(const ValueBytes& value, std::string_view whole) {
#if defined(__x86_64__)
  if (base::has_avx2() && value.is_short()) return is_false_with_avx2(value);
#endif
  for (std::size_t i = 0; i + 4 <= whole.size(); ++i) {
    if (may_begin_false(whole[i], whole[i + 1]) && begins_false(whole.substr(i))) return true;
  }
  return false;
}

}  // namespace sluice::judge
