#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/conclusion.h"
#include "app/kept_reports.h"
#include "app/repository_list.h"
#include "finding/audit.h"

namespace sluice::app {

/// Audits one repository and writes its report into the folder; runs in a process of its own, so
/// that neither a crash nor the memory of one repository is another's.
using AuditOne = std::function<void(const ListedRepository&, unsigned threads, const KeptReports&)>;

struct ManyOptions {
  unsigned threads = 1;                   ///< for all repositories together
  bool shows_progress = true;
  Gate gate;
  std::vector<std::string> shared_files;  ///< policy and baseline that all repositories share
};

/// Audits `repositories`, the greatest first: small ones side by side with a thread each, great ones
/// with more, never more than `options.threads` in all. Gives one report; every finding names its
/// repository when there are several. A repository that fails is a problem of the report. When the
/// user interrupts, what is finished stays in `kept`, and the rest is a problem.
Audit audit_many(const std::vector<ListedRepository>& repositories, const ManyOptions& options,
                 const KeptReports& kept, const AuditOne& audit_one);

}  // namespace sluice::app
