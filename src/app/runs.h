#pragma once

#include <string>
#include <vector>

#include "app/pipeline.h"
#include "app/session.h"
#include "git/refs.h"

namespace sluice::app {

/// What a commit made now would add, and the tree checks on the index. The session, here and below,
/// must outlive the Run and have a repository where one is named.
Run staged_run(const Session& session);

/// What the range holds, and the tree checks on its heads.
Run range_run(const Session& session, git::Range range, std::string kind, std::string description);

Run directory_run(const Session& session, std::vector<std::string> paths);

/// One text, as if it were at `path` (may be empty).
Run text_run(std::string kind, OriginKind origin, std::string text, std::string path);

/// The tree checks alone, on the index, or on commit `rev` when it is not empty.
Run check_run(const Session& session, std::string rev);

/// The configuration part alone, on files and folders; no repository needed.
Run config_run(const Session& session, std::vector<std::string> paths);

}  // namespace sluice::app
