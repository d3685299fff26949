#include "app/pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <functional>
#include <iterator>
#include <memory>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "app/conclusion.h"
#include "app/date.h"
#include "app/leave.h"
#include "app/make_scanner.h"
#include "app/output.h"
#include "app/placement.h"
#include "app/same_secret.h"
#include "base/beside.h"
#include "base/parallel.h"
#include "finding/kept_findings.h"

namespace sluice::app {
namespace {

constexpr std::size_t items_a_part = 32;
constexpr std::size_t hits_worth_a_thread = 200;

std::size_t parts_of(const std::vector<HitItem>& items) { return (items.size() + items_a_part - 1) / items_a_part; }

void note_failure(const Status& status, Collector& collector) {
  if (!status) collector.problem(source::to_problem(status.error()));
}

void note_failure(const Status& status, KeptFindings& checked) {
  if (!status) checked.add(source::to_problem(status.error()));
}

Judgement judgement_of(const Session& session, const Run& run) {
  Judgement judgement;
  judgement.is_history = run.is_history;
  judgement.tells_stale = run.tells_stale;
  judgement.since = session.since();
  judgement.today = today();
  judgement.allow = session.policy().allow;
  judgement.baseline = session.baseline_text();
  judgement.baseline_path = session.baseline_path();
  return judgement;
}

// Items that hold much lie side by side: whoever is done takes the next few.
void for_some_items(std::vector<HitItem>& items, unsigned jobs, const std::function<void(std::size_t part, HitItem&)>& work) {
  const std::size_t parts = parts_of(items);
  base::for_each_in_parallel(
      parts,
      [&](std::size_t part) {
        const std::size_t end = std::min(items.size(), (part + 1) * items_a_part);
        for (std::size_t i = part * items_a_part; i < end; ++i) work(part, items[i]);
      },
      parts > 2 ? jobs : 1);
}

std::vector<PlacedHit> place_all(std::vector<HitItem>& items, unsigned jobs) {
  std::vector<std::vector<PlacedHit>> placed(parts_of(items));
  for_some_items(items, jobs, [&](std::size_t part, HitItem& item) { place(item, placed[part]); });
  std::vector<PlacedHit> all;
  for (std::vector<PlacedHit>& part : placed) std::ranges::move(part, std::back_inserter(all));
  return all;
}

std::vector<PlacedFinding> findings_of(std::vector<PlacedHit> hits, unsigned jobs) {
  std::vector<PlacedFinding> findings(hits.size());
  base::in_parts(hits.size(), jobs, hits_worth_a_thread, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) findings[i] = finding_of(std::move(hits[i]));
  });
  return findings;
}

// What was found, as far as its rule counts, with the severity that the policy gives it. Of what stands in many
// versions of a file only what a report can name is told in words.
Material gather(const Session& session, const Run& run, std::vector<HitItem> items,
                std::deque<Finding> checked) {
  const unsigned jobs = session.source_options().jobs;
  const Confidence least_confidence =
      session.options().least_confidence.value_or(run.is_gate ? Confidence::medium : Confidence::low);
  const auto does_not_count = [&](Finding& finding) {
    if (const auto severity = session.severity_of(finding.rule)) finding.severity = *severity;
    if (finding.confidence < least_confidence) return true;
    return !session.is_active(finding.rule) || finding.severity < session.options().least_severity;
  };
  std::vector<PlacedHit> hits = place_all(items, jobs);
  std::erase_if(hits, [&](PlacedHit& placed) { return does_not_count(placed.hit->finding); });
  keep_first_places(hits);
  Material material;
  material.judgement = judgement_of(session, run);
  material.placed = findings_of(std::move(hits), jobs);
  material.checked.assign(std::move_iterator(checked.begin()), std::move_iterator(checked.end()));
  std::erase_if(material.checked, does_not_count);
  for_some_items(items, jobs, [](std::size_t, HitItem& item) { item = HitItem(); });  // frees much, on all cores
  return material;
}

// What holds blobs in which nothing was found that counts is nobody's question.
void forget_others(Material& material) {
  std::unordered_set<std::string_view> told;
  for (const PlacedFinding& placed : material.placed)
    for_each_blob(placed, [&](const std::string& blob) { told.insert(blob); });
  std::erase_if(material.presence.blobs, [&](const auto& blob) { return told.count(blob.first) == 0; });
}

// A part alone must not be taken for the whole.
std::string note_of(const ShardRecord& shard) {
  return fmt::format(
      "this is shard {} of {}: what it says is of its part alone; join all with 'sluice report merge'",
      shard.number, shard.count);
}

// What the run itself went without or left to others.
std::vector<std::string> notes_of(const Run& run, const git::Repository* repository) {
  std::vector<std::string> notes;
  if (run.shard) notes.push_back(note_of(*run.shard));
  const auto problem = repository != nullptr ? repository->commit_graph_problem() : std::nullopt;
  if (problem)
    notes.push_back(fmt::format("{}: {}, so it is not used; {}", problem->where, problem->what, problem->remedy));
  return notes;
}

}  // namespace

Audit run_pipeline(const Session& session, const Run& run) {
  const auto start = std::chrono::steady_clock::now();
  Audit audit;
  audit.scope.kind = run.kind;
  audit.scope.description = run.description;

  // Trees and configuration; final, for they need no scanning.
  KeptFindings checked;
  base::Beside<Status> checking([&] { return run.check ? run.check(checked, audit.scope) : Status(); });
  if (run.scan && run.check) checking.start();

  // Bytes in, hits out. Where nothing is scanned, no rule has to be prepared.
  const scan::Scanner scanner = make_scanner(run.scan ? session.active_rules() : std::vector<const rules::Rule*>());
  Progress progress(!session.options().quiet, run.kind);
  const git::Repository* const repository = session.repository();
  LargeFiles large_files(repository != nullptr ? repository->common_dir() : "", session.source_options().max_blob_size,
                         run.known_absent);
  Collector collector(scanner, progress, large_files, session.source_options().jobs);
  if (run.scan) note_failure(run.scan(collector, audit.scope), collector);

  // Where the hits came from; then each has its paths.
  std::vector<HitItem> items = collector.take_items();
  if (run.attribute) note_failure(run.attribute(items, collector), collector);

  note_failure(checking.get(), checked);
  if (run.check_paths) note_failure(run.check_paths(checked), checked);
  progress.finish();

  // All findings are known; from here on they are only marked, never lost.
  Material material = gather(session, run, std::move(items), std::move(checked.findings));
  if (run.locate) material.presence = run.locate();
  forget_others(material);
  audit.problems = collector.take_problems();
  std::move(checked.problems.begin(), checked.problems.end(), std::back_inserter(audit.problems));
  audit.scope.skipped = collector.take_skipped();
  if (auto absent = large_files.absent()) audit.scope.skipped.push_back(std::move(*absent));
  audit.scope.bytes += collector.bytes();
  std::vector<std::string> notes;
  if (run.remember) notes = run.remember(material, audit, large_files);
  if (run.shard) {
    audit.shard = run.shard;
    audit.shard->material = material;
  }
  if (const Status status = conclude(std::move(material), {session.options().exit_code, session.options().fail_on}, audit);
      !status) {
    audit.problems.push_back(source::to_problem(status.error()));
    audit.exit_code = 2;
  }
  std::move(notes.begin(), notes.end(), std::back_inserter(audit.notes));
  for (std::string& note : notes_of(run, repository)) audit.notes.push_back(std::move(note));
  audit.scope.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return audit;
}

int run_report_and_leave(const Session& session, const Run& run) {
  const Audit audit = run_pipeline(session, run);
  if (const Status status = write_reports(session.options(), audit); !status) {
    report_failure(status.error());
    leave(2);
  }
  leave(audit.exit_code);
}

}  // namespace sluice::app
