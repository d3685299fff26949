#pragma once

#include <string>

#include "app/pipeline.h"
#include "app/session.h"

namespace sluice::app {

/// An audit of the whole history that takes from the cache at `file` what an earlier one found, looks only
/// at what has come since, and leaves there what the next one needs. Where the cache is damaged, of other
/// rules or another policy, or where history did more than grow, all of it is looked at, and a note says
/// so. The report is the same either way. The session must outlive the Run.
Run cached_history_run(const Session& session, std::string file);

}  // namespace sluice::app
