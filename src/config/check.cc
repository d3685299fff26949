#include "config/check.h"

#include <algorithm>
#include <iterator>
#include <utility>

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

void check_folder(const Folder& folder, const Options& options, FindingSink& sink) {
  std::vector<Finding> findings;
  const Subject subject = make_subject(folder, options);
  for (const Check& check : checks()) {
    const auto severity = severity_of(check, options);
    if (!severity) continue;
    Reporter reporter(check, *severity);
    check.run(subject, reporter);
    std::ranges::move(reporter.take(), std::back_inserter(findings));
  }
  std::ranges::stable_sort(findings, {}, [](const Finding& finding) { return finding.at.path; });
  for (Finding& finding : findings) sink.add(std::move(finding));
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
