#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "finding/level.h"
#include "judge/company.h"
#include "judge/features.h"
#include "judge/model.h"
#include "judge/subject.h"

namespace sluice::judge {

/// What the model says about one candidate at one path.
struct Verdict {
  Confidence confidence = Confidence::low;
  float score = 0;  ///< logarithm of the odds that it is secret
};

/// All that is known of a candidate from its text.
Features features_of(const Model& model, const Subject& subject, const Company& company);

/// Whether a candidate with these features can be told at any path.
bool is_worth_placing(const Model& model, const Features& features);

/// The verdict at `path`; nothing when it is not to be told there. Fills in what the path tells.
std::optional<Verdict> decide(const Model& model, Features& features, std::string_view path);

}  // namespace sluice::judge
