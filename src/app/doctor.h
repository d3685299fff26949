#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "git/repository.h"

namespace sluice::app {

enum class Health {
  healthy,
  advice,     ///< works, and could be better
  sick,       ///< wrong
  undecided,  ///< could not be told
};

/// One line of the checklist.
struct Diagnosis {
  std::string id;  ///< for machines: `hook-pre-commit`, `policy`, `shallow`, ...
  Health health = Health::healthy;
  std::string what;    ///< what was found
  std::string remedy;  ///< what to do; empty when healthy
};

/// Looks at all that decides whether the gate is active in this repository: each hook, the program
/// it names, what shadows it, the policy file, and whether history is all there. Changes nothing.
/// `policy_file` is the one that -c names. Errors: as Repository::hooks_dir; io.
Result<std::vector<Diagnosis>> diagnose(const git::Repository& repository,
                                        const std::optional<std::string>& policy_file);

}  // namespace sluice::app
