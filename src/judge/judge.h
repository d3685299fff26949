#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "finding/level.h"
#include "judge/company.h"
#include "judge/features.h"
#include "judge/model.h"
#include "judge/providers.h"
#include "judge/subject.h"

namespace sluice::judge {

/// A candidate's features, and what the model's trees ask about them: worked out once for all its paths.
struct Evidence {
  Features features;
  Ranks ranks;
};

/// What a path tells, and what the trees ask about it: worked out once for all candidates that lie there.
struct Whereabouts {
  PathFeatures features{};
  std::array<std::uint8_t, path_feature_count> ranks{};
};

/// What the model says about one candidate at one path.
struct Verdict {
  Confidence confidence = Confidence::low;
  float score = 0;  ///< logarithm of the odds that it is secret
};

/// How far from a candidate's name, keyword and value describe() looks at most.
inline constexpr std::size_t farthest_look = 256;

/// What is known of a candidate from the bytes around it: the same in any text that holds the same ones
/// there. What its text as a whole tells is Company's to add.
Features describe(const Model& model, const Providers& providers, const Subject& subject);

/// Asks what the trees do about the evidence's features, all that the text tells.
void ask(const Model& model, Evidence& evidence);

/// Whether a candidate can be told at any path.
bool is_worth_placing(const Model& model, const Evidence& evidence);

Whereabouts whereabouts_of(const Model& model, std::string_view path);

/// The verdict there, no more than low of what has a doubt (doubt.h); nothing when it is not to be told there. Fills in
/// what the path tells.
std::optional<Verdict> decide(const Model& model, Evidence& evidence, const Whereabouts& whereabouts);

}  // namespace sluice::judge
