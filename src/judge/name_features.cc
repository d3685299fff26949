#include <algorithm>
#include <bit>
#include <cstdint>

#include "base/text.h"
#include "judge/characters.h"
#include "judge/describe.h"

namespace sluice::judge {

namespace {

// Whether the keyword stands in the value, of which most are short.
bool holds(const ValueBytes& value, std::string_view keyword) {
  if (keyword.empty()) return false;
  if (!value.is_short() || !is(keyword.front(), letter)) return base::contains_ignoring_case(value.bytes().substr(0, 128), keyword);
  for (std::uint64_t left = value.equal_in_any_case(to_lower(keyword.front())); left != 0; left &= left - 1) {
    const auto at = static_cast<std::size_t>(std::countr_zero(left));
    if (base::equals_ignoring_case(value.bytes().substr(at, keyword.size()), keyword)) return true;
  }
  return false;
}

}  // namespace

void describe_name(const Subject& subject, const ValueBytes& value, Features& out) {
  const std::string_view name = part(subject.text, subject.name);
  out[f_name_length] = static_cast<float>(name.size());
  out[f_name_before] = static_cast<float>(subject.keyword.begin - std::min(subject.keyword.begin, subject.name.begin));
  out[f_name_after] = static_cast<float>(subject.name.end - std::min(subject.name.end, subject.keyword.end));
  const std::string_view keyword = part(subject.text, subject.keyword);
  out[f_name_in_value] = holds(value, keyword);
  out[f_value_in_name] = base::contains_ignoring_case(name, value.bytes().substr(0, 128));
  // The `key` of `monkey` and of `keyboard` tells less than that of `api_key`.
  const auto joins = [&](std::size_t at) {
    return is(subject.text[at - 1], lower) && is(subject.text[at], lower);
  };
  out[f_starts_inside_word] = !keyword.empty() && subject.keyword.begin > subject.name.begin && joins(subject.keyword.begin);
  out[f_ends_inside_word] = !keyword.empty() && subject.keyword.end < subject.name.end && joins(subject.keyword.end);
  out[f_name_is_constant] = !name.empty() && std::none_of(name.begin(), name.end(), [](char c) { return is(c, lower); });
}

}  // namespace sluice::judge
