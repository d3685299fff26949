#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/pipeline.h"
#include "app/session.h"
#include "base/beside.h"
#include "finding/kept_findings.h"
#include "git/refs.h"
#include "policy/tree.h"
#include "source/growth.h"
#include "source/history.h"

namespace sluice::app {

/// What a commit made now would add, and the tree checks on the index. The session, here and below,
/// must outlive the Run and have a repository where one is named.
Run staged_run(const Session& session);

/// What the range holds, and the tree checks on its heads.
Run range_run(const Session& session, git::Range range, std::string kind, std::string description);

/// The whole object database (or what can be reached), `.env` in all commits, and the tree checks on HEAD.
Run history_run(const Session& session, std::shared_ptr<source::History> history);
Run history_run(const Session& session);

/// What the tree checks on HEAD find.
using HeadChecks = base::Beside<KeptFindings>;

/// The tree checks on HEAD, which have begun.
std::shared_ptr<HeadChecks> begin_head_checks(const Session& session);

/// What stands for checks that have begun already.
std::function<Status(FindingSink&, Scope&)> checks_begun(std::shared_ptr<HeadChecks> checks);

/// What the history has gained since an audit, in which no env file is, and what `head_checks` find.
Run growth_run(std::shared_ptr<source::Growth> growth, std::shared_ptr<HeadChecks> head_checks);

Run directory_run(const Session& session, std::vector<std::string> paths);

/// One text, as if it were at `path` (may be empty).
Run text_run(std::string kind, OriginKind origin, std::string text, std::string path);

/// The tree checks alone, on the index, or on commit `rev` when it is not empty.
Run check_run(const Session& session, std::string rev);

/// The configuration part alone, on files and folders; no repository needed.
Run config_run(const Session& session, std::vector<std::string> paths);

}  // namespace sluice::app
