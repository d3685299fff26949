#pragma once

#include <string>

#include "judge/features.h"

namespace sluice::judge {

/// In words, what spoke for a verdict of `score`: what the value is like, what its name says, what else of
/// its kind there is, and how likely it is. Holds nothing of the value itself.
std::string reasons_for(const Features& features, float score);

}  // namespace sluice::judge
