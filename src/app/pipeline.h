#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/collector.h"
#include "app/session.h"
#include "base/result.h"
#include "finding/audit.h"

namespace sluice::app {

/// What one run looks at. The functions may be empty.
struct Run {
  std::string kind;
  std::string description;
  /// Yields bytes to scan and counts them in the scope.
  std::function<Status(source::ItemConsumer&, Scope&)> scan;
  /// Fills in where items came from, once it is known which ones matter.
  std::function<Status(std::vector<HitItem>&, source::ItemConsumer&)> attribute;
  /// Tells which refs' tips hold what was found. Called after attribute.
  std::function<Presence()> locate;
  /// Looks at trees and configuration, in a thread of its own beside the scan.
  std::function<Status(FindingSink&, Scope&)> check;
  /// Looks at the paths that commits ever had, once all is scanned.
  std::function<Status(FindingSink&)> check_paths;
  /// The items are versions of files over time.
  bool is_history = false;
  /// Everything that could match a suppression was looked at, so one that matched nothing is stale.
  bool tells_stale = false;
  /// Blocks somebody who waits for it, so what is only perhaps a secret is left to audits.
  bool is_gate = false;
  /// Joins what earlier runs found, and keeps all of it for later ones; gives what is to be noted. Called
  /// with everything that this run found, before suppressions.
  std::function<std::vector<std::string>(Material&, Audit&, const LargeFiles&)> remember;
  /// Of earlier runs that this one is joined with.
  AbsentFiles known_absent;
  /// Set when this is a part of a run; without its material.
  std::optional<ShardRecord> shard;
};

/// source → scan and checks → findings → suppression: the whole way of a run, up to the report.
Audit run_pipeline(const Session& session, const Run& run);

/// run_pipeline, then the reports that the options ask for. Ends the process with the exit code (leave.h).
[[noreturn]] int run_report_and_leave(const Session& session, const Run& run);

}  // namespace sluice::app
