#include "app/conclusion.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <tuple>
#include <utility>

#include "app/date.h"
#include "app/same_secret.h"
#include "app/session.h"
#include "base/large_sort.h"
#include "suppress/allow_list.h"
#include "suppress/baseline.h"

namespace sluice::app {
namespace {

// Lines and columns count from 1: what is about a file as a whole stands at its start.
void give_whole_files_a_place(Finding& finding) {
  Location& at = finding.at;
  if (at.line == 0) at.line = at.column = at.end_line = at.end_column = 1;
  for (Related& related : finding.related) {
    if (related.line == 0) related.line = related.column = 1;
  }
}

bool is_too_old(const Finding& finding, const std::optional<std::int64_t>& since) {
  if (!since || finding.origin.date.empty()) return false;
  const auto date = parse_date(finding.origin.date);
  return date && *date < *since;
}

// Findings of the scans, joined, and those of the checks.
std::vector<Finding> join(Material& material) {
  sort_by_time(material.placed);
  if (material.judgement.is_history) spread_allow_comments(material.placed);
  std::vector<Finding> findings = join_same_secret(std::move(material.placed), material.presence);
  for (std::vector<Finding>* more : {&material.told, &material.checked}) {
    if (findings.empty()) {
      findings = std::move(*more);
    } else {
      std::ranges::move(*more, std::back_inserter(findings));
    }
  }
  for (Finding& finding : findings) give_whole_files_a_place(finding);
  std::erase_if(findings, [&](const Finding& finding) {
    return is_too_old(finding, material.judgement.since);
  });
  return findings;
}

Status suppress_known(const Judgement& judgement, Audit& audit) {
  suppress::AllowList allow(judgement.allow, judgement.today);
  std::optional<suppress::Baseline> baseline;
  if (!judgement.baseline.empty()) {
    SLUICE_TRY_ASSIGN(baseline,
                      suppress::Baseline::parse(judgement.baseline, judgement.baseline_path));
  }
  for (Finding& finding : audit.findings) {
    auto by_policy = allow.decide(finding);
    auto by_baseline = baseline ? baseline->decide(finding) : std::nullopt;
    if (!finding.suppressed) finding.suppressed = std::move(by_policy);
    if (!finding.suppressed) finding.suppressed = std::move(by_baseline);
  }
  audit.notes = allow.expired();
  if (!judgement.tells_stale || !audit.problems.empty()) return {};
  for (std::string& note : allow.stale()) audit.notes.push_back(std::move(note));
  if (!baseline) return {};
  for (std::string& note : baseline->stale()) audit.notes.push_back(std::move(note));
  return {};
}

}  // namespace

void sort_report(Audit& audit) {
  const auto finding_key = [](const Finding& finding) {
    return std::tie(finding.repository, finding.at.path, finding.at.line, finding.at.column,
                    finding.rule, finding.origin.object, finding.fingerprint);
  };
  base::stable_sort_large(audit.findings,
                          [&](const Finding& a, const Finding& b) { return finding_key(a) < finding_key(b); });
  const auto key = [](const Problem& problem) { return std::tie(problem.where, problem.what); };
  const auto whole_key = [](const Problem& problem) {
    return std::tie(problem.where, problem.what, problem.remedy);
  };
  std::sort(audit.problems.begin(), audit.problems.end(),
            [&](const Problem& a, const Problem& b) { return whole_key(a) < whole_key(b); });
  audit.problems.erase(
      std::unique(audit.problems.begin(), audit.problems.end(),
                  [&](const Problem& a, const Problem& b) { return key(a) == key(b); }),
      audit.problems.end());
  std::sort(audit.scope.skipped.begin(), audit.scope.skipped.end(),
            [](const Skipped& a, const Skipped& b) {
              return std::tie(a.what, a.reason) < std::tie(b.what, b.reason);
            });
}

int exit_code_of(const Audit& audit, const Gate& gate) {
  if (!audit.problems.empty()) return 2;
  const std::vector<std::string> checks = check_ids();
  const bool fails = std::any_of(audit.findings.begin(), audit.findings.end(), [&](const Finding& finding) {
    if (finding.suppressed) return false;
    const bool is_check = std::find(checks.begin(), checks.end(), finding.rule) != checks.end();
    return finding.severity >= gate.fail_on.value_or(is_check ? Severity::medium : Severity::low);
  });
  return fails ? gate.exit_code : 0;
}

Status conclude(Material material, const Gate& gate, Audit& audit) {
  audit.findings = join(material);
  SLUICE_TRY(suppress_known(material.judgement, audit));
  sort_report(audit);
  audit.exit_code = exit_code_of(audit, gate);
  return {};
}

}  // namespace sluice::app
