#include "config/check.h"

#include <algorithm>
#include <deque>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "config/checks.h"
#include "config/folder.h"
#include "config/reporter.h"

namespace sluice::config {
namespace {

std::optional<Severity> severity_of(const Check& check, const Options& options) {
  const auto chosen = options.severities.find(std::string(check.id));
  return chosen == options.severities.end() ? check.severity : chosen->second;
}

bool is_on(std::string_view id, const Options& options) {
  const auto chosen = options.severities.find(std::string(id));
  return chosen == options.severities.end() || chosen->second.has_value();
}

// A file that was not read has not been checked: that must be told even with its check turned off.
void report_unread(const Source& source, const Options& options, FindingSink& sink) {
  if (source.is_read()) return;
  const Error& error = source.document->error();
  const bool is_limit = error.kind == ErrorKind::limit_exceeded;
  if (is_on(is_limit ? "CFG022" : "CFG021", options)) return;
  sink.add(Problem{error.what, error.where, error.remedy});
}

// A thread costs as much as a few hundred keys.
bool is_worth_threads(const Folder& folder) {
  constexpr std::size_t least_bytes = 16'000;
  std::size_t bytes = 0;
  for_each_source(folder, [&](const Source& source) { bytes += source.file->text.size(); });
  return bytes >= least_bytes;
}

// The findings of each check.
std::vector<std::deque<Finding>> run_checks(const Subject& subject, unsigned jobs) {
  const std::span<const Check> all = checks();
  std::vector<std::deque<Finding>> parts(all.size());
  const auto run = [&](std::size_t at) {
    const auto severity = severity_of(all[at], subject.options);
    if (!severity) return;
    Reporter reporter(all[at], *severity);
    all[at].run(subject, reporter);
    parts[at] = reporter.take();
  };
  base::for_each_in_parallel(all.size(), run, jobs);
  return parts;
}

void check_folder(const Folder& folder, const Options& options, FindingSink& sink) {
  const unsigned jobs = is_worth_threads(folder) ? base::all_cores : 1;
  std::vector<std::deque<Finding>> parts = run_checks(make_subject(folder, options, jobs), jobs);
  std::vector<Finding*> by_path;
  for (std::deque<Finding>& part : parts) {
    for (Finding& finding : part) by_path.push_back(&finding);
  }
  std::ranges::stable_sort(by_path, {}, [](const Finding* finding) -> const std::string& { return finding->at.path; });
  for (Finding* finding : by_path) sink.add(std::move(*finding));
  for (const Source& source : folder.bases) report_unread(source, options, sink);
  for (const Source& source : folder.environments) report_unread(source, options, sink);
}

}  // namespace

void check(const std::vector<File>& files, const Options& options, FindingSink& sink) {
  check(read_folders(files, options), options, sink);
}

void check(const std::vector<Folder>& folders, const Options& options, FindingSink& sink) {
  for (const Folder& folder : folders) check_folder(folder, options, sink);
}

}  // namespace sluice::config
