#include "base/text.h"
#include "judge/characters.h"
#include "judge/describe.h"

namespace sluice::judge {

void describe_name(const Subject& subject, Features& out) {
  const std::string_view name = part(subject.text, subject.name);
  const std::string_view value = part(subject.text, subject.value).substr(0, 128);
  out[f_name_length] = static_cast<float>(name.size());
  out[f_name_before] = static_cast<float>(subject.keyword.begin - std::min(subject.keyword.begin, subject.name.begin));
  out[f_name_after] = static_cast<float>(subject.name.end - std::min(subject.name.end, subject.keyword.end));
  const std::string_view keyword = part(subject.text, subject.keyword);
  out[f_name_in_value] = !keyword.empty() && base::contains_ignoring_case(value, keyword);
  out[f_value_in_name] = base::contains_ignoring_case(name, value);
  // The `key` of `monkey` and of `keyboard` tells less than that of `api_key`.
  const auto joins = [&](std::size_t at) {
    return is(subject.text[at - 1], lower) && is(subject.text[at], lower);
  };
  out[f_starts_inside_word] = !keyword.empty() && subject.keyword.begin > subject.name.begin && joins(subject.keyword.begin);
  out[f_ends_inside_word] = !keyword.empty() && subject.keyword.end < subject.name.end && joins(subject.keyword.end);
  bool is_constant = !name.empty();
  for (const char c : name) is_constant = is_constant && !is(c, lower);
  out[f_name_is_constant] = is_constant;
}

}  // namespace sluice::judge
