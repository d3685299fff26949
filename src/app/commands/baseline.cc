#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "app/commands/define.h"
#include "app/history_runs.h"
#include "app/output.h"
#include "app/print_error.h"
#include "base/file.h"
#include "suppress/baseline.h"

namespace sluice::app {
namespace {

constexpr std::string_view default_baseline = ".sluice-baseline";

// A baseline that is about to be written need not exist yet.
Options without_missing_baseline(Options options) {
  if (options.baseline && !base::read_file(*options.baseline)) options.baseline.reset();
  return options;
}

int write(const Options& options) {
  const auto session = Session::open(without_missing_baseline(options), Session::Needs::repository);
  if (!session) return 2;
  const Audit audit = run_pipeline(*session, history_run(*session));
  if (!audit.problems.empty()) {
    if (!write_reports(options, audit)) return 2;
    print_error({ErrorKind::refused, "no baseline was written: the run has problems", "",
                 "a baseline of half a history would hide the other half"});
    return 2;
  }
  std::string path = options.baseline ? *options.baseline : session->baseline_path();
  if (path.empty()) path = default_baseline;
  const std::string text = suppress::Baseline::write(audit.findings);
  if (const Status status = base::write_file(path, text); !status) {
    print_error(status.error());
    return 2;
  }
  const auto entries = std::count(text.begin(), text.end(), '\n') - 1;
  return write_stdout(fmt::format("{}: {} entries; set 'baseline: {}' in .sluice.yaml or pass -b\n", path,
                                  entries, path))
             ? 0
             : 2;
}

int check(const Options& options) {
  const auto session = Session::open(options, Session::Needs::repository);
  if (!session) return 2;
  if (!session->baseline()) {
    print_error({ErrorKind::not_found, "there is no baseline", "",
                 "pass -b FILE, or write one with 'sluice baseline write'"});
    return 2;
  }
  Audit audit = run_pipeline(*session, history_run(*session));
  // Only the baseline is in question here.
  const bool stale = !audit.notes.empty();
  std::string text;
  for (const std::string& note : audit.notes) text += note + "\n";
  for (const Problem& problem : audit.problems) text += problem.where + ": " + problem.what + "\n";
  text += fmt::format("{}: {}\n", session->baseline_path(),
                      !audit.problems.empty() ? "could not be checked"
                      : stale                 ? "has stale entries"
                                              : "every entry matches");
  if (!write_stdout(text) || !audit.problems.empty()) return 2;
  return stale ? 1 : 0;
}

}  // namespace

Action define_baseline_write(CLI::App&) { return write; }

Action define_baseline_check(CLI::App&) { return check; }

}  // namespace sluice::app
