#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

#include "base/text.h"
#include "report/renderers.h"
#include "report/shown.h"
#include "report/verdict.h"

namespace sluice::report {
namespace {

using Row = std::vector<std::string>;

// RFC 4180, with one record a line: control characters and newlines are shown escaped. A value that
// a spreadsheet would take for a formula gets an apostrophe in front.
std::string field(const std::string& value) {
  std::string safe = base::escape_for_terminal(value);
  if (!safe.empty() && std::string_view("=+-@").find(safe[0]) != std::string_view::npos) {
    safe.insert(0, 1, '\'');
  }
  if (safe.find_first_of("\",;'\n") == std::string::npos) return safe;
  std::string out = "\"";
  for (const char c : safe) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string line_of(const Row& row) {
  std::string out;
  for (const std::string& value : row) {
    if (&value != &row.front()) out += ',';
    out += field(value);
  }
  return out + "\r\n";
}

const Row& header() {
  static const Row row = {"kind",       "severity",    "rule",          "confidence",
                          "path",       "line",        "column",        "end_line",
                          "end_column", "message",     "excerpt",       "commit",
                          "author",     "date",        "object",        "origin",
                          "paths",      "fingerprint", "suppressed_by", "suppressed_reason",
                          "remedy",     "reference",   "repository"};
  return row;
}

Row finding_row(const Finding& finding, bool redact) {
  const Location& at = finding.at;
  const Origin& origin = finding.origin;
  const auto clean = [&](std::string_view text) { return without_secret(text, finding, redact); };
  const Suppression none;
  const Suppression& suppressed = finding.suppressed ? *finding.suppressed : none;
  return {"finding",
          std::string(to_string(finding.severity)),
          finding.rule,
          std::string(to_string(finding.confidence)),
          at.path,
          std::to_string(at.line),
          std::to_string(at.column),
          std::to_string(at.end_line),
          std::to_string(at.end_column),
          clean(finding.message),
          shown_text(finding, redact),
          origin.commit,
          origin.author,
          origin.date,
          origin.object,
          std::string(to_string(origin.kind)),
          fmt::format("{}", fmt::join(finding.paths, "; ")),
          finding.fingerprint,
          suppressed.by,
          suppressed.reason,
          clean(finding.remedy),
          finding.reference,
          finding.repository};
}

// Problems are rows, too: a table without them would look complete when it is not.
Row problem_row(const Problem& problem) {
  Row row(header().size());
  row[0] = "problem";
  row[4] = problem.where;
  row[9] = problem.what;
  row[20] = problem.remedy;
  return row;
}

}  // namespace

std::string render_csv(const Audit& audit, const RenderOptions& options) {
  std::string out = line_of(header());
  for (const Finding& finding : audit.findings)
    out += line_of(finding_row(finding, options.redact));
  for (const Problem& problem : audit.problems) out += line_of(problem_row(problem));
  if (audit.problems.empty() && verdict(audit) == Verdict::undecided) {
    out += line_of(problem_row({std::string(unfinished), "", ""}));
  }
  return out;
}

}  // namespace sluice::report
