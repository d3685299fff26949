#pragma once

#include <string>
#include <vector>

#include "app/pipeline.h"
#include "app/session.h"

namespace sluice::app {

/// Lets `run`, which looks at what is staged, also look at `paths` (as typed, from where sluice was
/// started): the pre-commit framework names every file of a run, and `pre-commit run --all-files`
/// names files of which nothing is staged. Such a file is scanned whole, as the index has it, or,
/// when Git does not track it, as it lies on the disk. A file of which something is staged is left
/// to `run`. The session must outlive the run and have a repository.
void add_named_files(const Session& session, std::vector<std::string> paths, Run& run);

}  // namespace sluice::app
