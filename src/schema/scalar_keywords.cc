#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <cmath>

#include "schema/validation.h"

namespace sluice::schema {

using document::Entry;
using document::Node;

bool Validator::of_number(const Value& value, const Node& schema, const Entry& entry, Found found) {
  const std::string& name = entry.key.text;
  if (name != "maximum" && name != "minimum" && name != "multipleOf" && name != "exclusiveMaximum" &&
      name != "exclusiveMinimum") {
    return true;
  }
  const Value limit = value_of(entry.value);
  if (!is_number(limit)) return true;
  // Draft 4 says with a boolean beside it that the limit itself is too much.
  const auto excludes = [&](const char* keyword) {
    const Node* flag = schema.find(keyword);
    return flag != nullptr && flag->type == document::ScalarType::boolean && is_true(*flag);
  };
  const double number = value.number;
  bool fits = true;
  if (name == "maximum") fits = excludes("exclusiveMaximum") ? number < limit.number : number <= limit.number;
  if (name == "minimum") fits = excludes("exclusiveMinimum") ? number > limit.number : number >= limit.number;
  if (name == "exclusiveMaximum") fits = number < limit.number;
  if (name == "exclusiveMinimum") fits = number > limit.number;
  if (name == "multipleOf" && limit.number > 0) {
    const double quotient = number / limit.number;
    fits = std::abs(quotient - std::round(quotient)) <= 1e-9 * std::max(1.0, std::abs(quotient));
  }
  if (fits) return true;
  return wrong(found, value, entry.key, name,
               fmt::format("breaks the schema's `{}: {}`", name, limit.text));
}

bool Validator::of_string(const Value& value, const Entry& entry, Found found) const {
  const std::string& name = entry.key.text;
  bool fits = true;
  if (name == "pattern") {
    fits = RE2::PartialMatch(value.text, *references_.patterns.find(entry.value.text)->second);
  } else if (name == "minLength" || name == "maxLength") {
    const auto length = static_cast<double>(base::count_code_points(value.text));
    const double limit = value_of(entry.value).number;
    fits = name == "minLength" ? length >= limit : length <= limit;
  }
  return fits || wrong(found, value, entry.key, name,
                       fmt::format("breaks the schema's `{}: {}`", name, entry.value.text.substr(0, 80)));
}

}  // namespace sluice::schema
