#pragma once

#include <string>
#include <vector>

#include "app/doctor.h"
#include "app/options.h"
#include "app/resolved.h"
#include "base/result.h"

namespace sluice::app {

/// What one environment's secrets look like from here.
struct EnvironmentDiagnosis {
  std::string environment;
  std::size_t references = 0;
  std::vector<Diagnosis> list;
};

/// Looks at all that one environment's program needs of its secrets, and reads none: who asks, each
/// reference, what is missing, marked for deletion, without rotation, or allowed too widely as the
/// keeper and the policies in the tree tell. What cannot be told is Health::undecided, or is said in
/// a healthy line where it is beside the point. Goes to options.directory. Errors: as
/// Resolved::open.
tl::expected<EnvironmentDiagnosis, std::vector<Error>> diagnose_environment(
    const Options& options, const ResolveOptions& what);

}  // namespace sluice::app
