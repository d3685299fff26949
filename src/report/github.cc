#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "report/renderers.h"
#include "report/shown.h"
#include "report/verdict.h"

// Workflow commands:
// https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
namespace sluice::report {
namespace {

// GitHub shows no more annotations of one level in a step.
constexpr std::size_t most_shown = 10;

enum Level : std::size_t { error, warning, notice };
constexpr std::array<std::string_view, 3> level_names = {"error", "warning", "notice"};

Level level_of(Severity severity) {
  switch (severity) {
    case Severity::critical:
    case Severity::high:
      return error;
    case Severity::medium:
      return warning;
    case Severity::low:
      break;
  }
  return notice;
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  for (;;) {
    const auto at = text.find(from);
    out += text.substr(0, at);
    if (at == std::string_view::npos) return out;
    out += to;
    text.remove_prefix(at + from.size());
  }
}

// Of outside origin: nothing in it may start a line or be taken for a command of the older form.
std::string safe(std::string_view text) {
  return replaced(base::escape_for_terminal(text), "##[", "# #[");
}

std::string message(std::string_view text) {
  return replaced(replaced(replaced(text, "%", "%25"), "\r", "%0D"), "\n", "%0A");
}

std::string property(std::string_view text) {
  return replaced(replaced(message(text), ":", "%3A"), ",", "%2C");
}

std::string properties_of(const Finding& finding) {
  const Location& at = finding.at;
  std::string out;
  // An annotation can only be on a file of the repository that the workflow is for.
  const bool has_file = !at.path.empty() && finding.repository.empty();
  if (has_file) out += "file=" + property(safe(at.path)) + ",";
  if (has_file && at.line > 0) {
    const bool one_line = at.end_line <= at.line;
    out += fmt::format("line={},", at.line);
    out += fmt::format("endLine={},", std::max(at.line, at.end_line));
    // GitHub ignores columns over several lines.
    if (one_line && at.column > 0) out += fmt::format("col={},", at.column);
    if (one_line && at.end_column > at.column) out += fmt::format("endColumn={},", at.end_column);
  }
  return out + "title=" +
         property(safe(finding.rule + " (" + std::string(to_string(finding.severity)) + ")"));
}

std::string annotation(const Finding& finding, bool redact) {
  std::string text = safe(without_secret(finding.message, finding, redact));
  if (finding.at.path.empty() || !finding.repository.empty()) text = safe(place(finding)) + ": " + text;
  for (const Related& related : finding.related) {
    text += "\n" + safe(place(related) + ": " + without_secret(related.message, finding, redact));
  }
  if (!finding.origin.commit.empty()) {
    text += "\nSince commit " + safe(short_id(finding.origin.commit)) + ".";
  }
  if (!finding.remedy.empty()) {
    text += "\n" + safe(without_secret(finding.remedy, finding, redact));
  }
  return fmt::format("::{} {}::{}\n", level_names[level_of(finding.severity)],
                     properties_of(finding), message(text));
}

std::string annotation(const Problem& problem) {
  std::string text = safe(problem.what);
  if (!problem.where.empty()) text = safe(problem.where) + ": " + text;
  if (!problem.remedy.empty()) text += "\n" + safe(problem.remedy);
  return "::error title=sluice could not decide::" + message(text) + "\n";
}

std::string hidden_note(const std::array<std::size_t, 3>& counts) {
  std::size_t hidden = 0;
  for (const std::size_t count : counts) hidden += count - std::min(count, most_shown);
  if (hidden == 0) return "";
  return fmt::format(
      "::notice title=sluice::GitHub shows {} annotations of a level in one step, the "
      "gravest first; {} more are in the log and in the step summary.\n",
      most_shown, hidden);
}

}  // namespace

std::string render_github(const Audit& audit, const RenderOptions& options) {
  std::vector<const Finding*> order;
  std::array<std::size_t, 3> counts = {audit.problems.size(), 0, 0};
  for (const Finding& finding : audit.findings) {
    if (finding.suppressed) continue;
    order.push_back(&finding);
    ++counts[level_of(finding.severity)];
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const Finding* a, const Finding* b) { return a->severity > b->severity; });
  std::string out = hidden_note(counts);
  for (const Problem& problem : audit.problems) out += annotation(problem);
  if (audit.problems.empty() && verdict(audit) == Verdict::undecided) {
    out += annotation(Problem{std::string(unfinished), "", ""});
  }
  for (const Finding* finding : order) out += annotation(*finding, options.redact);
  return out + verdict_line(audit) + "\n";
}

}  // namespace sluice::report
