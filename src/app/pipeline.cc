#include "app/pipeline.h"

#include <algorithm>
#include <chrono>
#include <tuple>

#include "app/date.h"
#include "app/output.h"
#include "app/placement.h"

namespace sluice::app {
namespace {

void note_failure(const Status& status, Collector& collector) {
  if (!status) collector.problem(source::to_problem(status.error()));
}

// Lines and columns count from 1: what is about a file as a whole stands at its start.
void give_whole_files_a_place(Finding& finding) {
  Location& at = finding.at;
  if (at.line == 0) at.line = at.column = at.end_line = at.end_column = 1;
  for (Related& related : finding.related) {
    if (related.line == 0) related.line = related.column = 1;
  }
}

// Findings of the scan, placed and joined, and those of the checks.
std::vector<Finding> gather(const Session& session, const Run& run, std::vector<HitItem> items,
                            Collector& collector) {
  std::vector<PlacedFinding> placed;
  for (HitItem& item : items) place(std::move(item), placed);
  if (run.is_history) spread_allow_comments(placed);
  std::vector<Finding> findings = join_same_secret(std::move(placed));
  for (Finding& finding : collector.take_findings()) findings.push_back(std::move(finding));

  for (Finding& finding : findings) {
    give_whole_files_a_place(finding);
    if (const auto severity = session.severity_of(finding.rule)) finding.severity = *severity;
  }
  const auto does_not_count = [&](const Finding& finding) {
    if (!session.is_active(finding.rule)) return true;
    if (finding.severity < session.options().least_severity) return true;
    if (!session.since() || finding.origin.date.empty()) return false;
    const auto date = parse_date(finding.origin.date);
    return date && *date < *session.since();
  };
  findings.erase(std::remove_if(findings.begin(), findings.end(), does_not_count), findings.end());
  return findings;
}

void suppress_known(const Session& session, const Run& run, Audit& audit) {
  suppress::AllowList allow(session.policy().allow, today());
  std::optional<suppress::Baseline> baseline = session.baseline();
  for (Finding& finding : audit.findings) {
    auto by_policy = allow.decide(finding);
    auto by_baseline = baseline ? baseline->decide(finding) : std::nullopt;
    if (!finding.suppressed) finding.suppressed = std::move(by_policy);
    if (!finding.suppressed) finding.suppressed = std::move(by_baseline);
  }
  audit.notes = allow.expired();
  if (!run.tells_stale || !audit.problems.empty()) return;
  for (std::string& note : allow.stale()) audit.notes.push_back(std::move(note));
  if (!baseline) return;
  for (std::string& note : baseline->stale()) audit.notes.push_back(std::move(note));
}

void sort(Audit& audit) {
  std::stable_sort(audit.findings.begin(), audit.findings.end(),
                   [](const Finding& a, const Finding& b) {
                     return std::tie(a.at.path, a.at.line, a.at.column, a.rule, a.origin.object,
                                     a.fingerprint) < std::tie(b.at.path, b.at.line, b.at.column,
                                                               b.rule, b.origin.object, b.fingerprint);
                   });
  const auto key = [](const Problem& problem) { return std::tie(problem.where, problem.what); };
  std::sort(audit.problems.begin(), audit.problems.end(),
            [&](const Problem& a, const Problem& b) { return key(a) < key(b); });
  audit.problems.erase(std::unique(audit.problems.begin(), audit.problems.end(),
                                   [&](const Problem& a, const Problem& b) { return key(a) == key(b); }),
                       audit.problems.end());
  std::sort(audit.scope.skipped.begin(), audit.scope.skipped.end(),
            [](const Skipped& a, const Skipped& b) { return a.what < b.what; });
}

int exit_code(const Session& session, const Audit& audit) {
  if (!audit.problems.empty()) return 2;
  const bool open = std::any_of(audit.findings.begin(), audit.findings.end(),
                                [](const Finding& finding) { return !finding.suppressed; });
  return open ? session.options().exit_code : 0;
}

}  // namespace

Audit run_pipeline(const Session& session, const Run& run) {
  const auto start = std::chrono::steady_clock::now();
  Audit audit;
  audit.scope.kind = run.kind;
  audit.scope.description = run.description;

  // Bytes in, hits out.
  const scan::Scanner scanner(session.active_rules());
  Progress progress(!session.options().quiet, run.kind);
  Collector collector(scanner, progress);
  if (run.scan) note_failure(run.scan(collector, audit.scope), collector);

  // Where the hits came from; then each has its paths.
  std::vector<HitItem> items = collector.take_items();
  if (run.attribute) note_failure(run.attribute(items, collector), collector);

  // Trees and configuration.
  if (run.check) note_failure(run.check(collector, audit.scope), collector);
  progress.finish();

  // All findings are known; from here on they are only marked, never lost.
  audit.findings = gather(session, run, std::move(items), collector);
  audit.problems = collector.take_problems();
  audit.scope.skipped = collector.take_skipped();
  audit.scope.bytes += collector.bytes();
  suppress_known(session, run, audit);
  sort(audit);
  audit.exit_code = exit_code(session, audit);
  audit.scope.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return audit;
}

int run_and_report(const Session& session, const Run& run) {
  const Audit audit = run_pipeline(session, run);
  if (const Status status = write_reports(session.options(), audit); !status) {
    report_failure(status.error());
    return 2;
  }
  return audit.exit_code;
}

}  // namespace sluice::app
