#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/folder.h"
#include "project/survey.h"

namespace sluice::project {

/// How a program comes to the environment of one configuration.
struct Selectors {
  std::vector<std::string> variables;  ///< whose value it is
  /// Environments that the loader takes by itself.
  std::vector<std::string> implied;
  /// Whether a value without a file is a failure: not where the loader does without.
  bool needs_file = true;
  /// Whether people and hosts usually choose it without a trace in the project.
  bool is_chosen_outside = false;
};

/// Those of the loader that usually reads `folder`, and variables that the program reads where it makes the
/// names of such files. Without variables nothing can be told.
Selectors selectors_of(const config::Folder& folder, const Survey& survey,
                       const config::Options& options);

/// The selections that are about `folder`.
std::vector<const Selection*> selections_of(const Selectors& selectors, const Survey& survey);

}  // namespace sluice::project
