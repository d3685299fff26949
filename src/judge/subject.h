#pragma once

#include <string_view>

#include "rules/pattern.h"
#include "rules/rule.h"

namespace sluice::judge {

/// A candidate as the judgement sees it: text[value] is what may be a secret, text[name] what names it
/// (perhaps empty).
struct Subject {
  std::string_view text;
  rules::Span name;
  rules::Span keyword;  ///< in the name; empty when the name was found from the value
  rules::Span value;
  rules::Shape shape = rules::Shape::pattern;
};

/// The subject of a match of `rule`: its name is the one around the keyword, or for a shape without
/// keywords the one before the value. Looks at no more than 128 bytes around either.
Subject subject_of(std::string_view text, const rules::Rule& rule, rules::Span keyword, rules::Span value);

}  // namespace sluice::judge
