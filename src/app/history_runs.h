#pragma once

#include <functional>
#include <memory>

#include "app/pipeline.h"
#include "app/session.h"
#include "base/beside.h"
#include "finding/kept_findings.h"
#include "source/growth.h"
#include "source/history.h"

namespace sluice::app {

/// The whole object database (or what can be reached), `.env` in all commits, and the tree checks on HEAD.
/// The session, here and below, must outlive the Run and have a repository.
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

}  // namespace sluice::app
