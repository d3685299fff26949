#pragma once

#include <string_view>

#include "judge/context.h"
#include "judge/features.h"
#include "judge/letters.h"
#include "judge/subject.h"

namespace sluice::judge {

// Each fills in its part of the features; none looks further than farthest_look (judge.h) from name, keyword and value.

/// What the value is like.
void describe_value(const LetterTable& letters, const ValueBytes& value, Features& out);

/// What it is called.
void describe_name(const Subject& subject, const ValueBytes& value, Features& out);

/// What stands around it.
void describe_surroundings(const Subject& subject, const Context& context, Features& out);

/// Where it lies.
PathFeatures describe_path(std::string_view path);

}  // namespace sluice::judge
