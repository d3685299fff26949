#include <fmt/format.h>

#include <algorithm>

#include "report/renderers.h"
#include "report/shown.h"
#include "report/verdict.h"

namespace sluice::report {
namespace {

std::string attribute(std::string_view name, std::string_view value) {
  return fmt::format(" {}=\"{}\"", name, escape_markup(value));
}

std::string line_of(std::string_view name, std::string_view text) {
  return text.empty() ? "" : escape_markup(fmt::format("{}: {}", name, text)) + "\n";
}

// What a person needs to act, in the element's text.
std::string details(const Finding& finding, bool redact) {
  std::string out = escape_markup(without_secret(finding.message, finding, redact)) + "\n";
  out += line_of("at", place(finding));
  out += line_of("line", shown_text(finding, redact));
  for (const Related& related : finding.related) {
    out += line_of(place(related), without_secret(related.message, finding, redact));
    out += line_of("line", without_secret(related.excerpt, finding, redact));
  }
  out += line_of("commit", finding.origin.commit);
  out += line_of("author", finding.origin.author);
  out += line_of("date", finding.origin.date);
  out += line_of("remedy", without_secret(finding.remedy, finding, redact));
  out += line_of("see", finding.reference);
  out += line_of("fingerprint", finding.fingerprint);
  return out;
}

std::string case_open(std::string_view class_name, std::string_view name) {
  return "    <testcase" + attribute("classname", class_name) + attribute("name", name) +
         " time=\"0\"";
}

std::string passing(std::string_view class_name, std::string_view name) {
  return case_open(class_name, name) + "/>\n";
}

std::string finding_case(const Finding& finding, bool redact) {
  std::string out = case_open(finding.rule, place(finding)) + ">\n";
  if (finding.suppressed) {
    out += "      <skipped" + attribute("message", described(*finding.suppressed)) + "/>\n";
  } else {
    out += "      <failure" +
           attribute("message", without_secret(finding.message, finding, redact)) +
           attribute("type", to_string(finding.severity)) + ">" + details(finding, redact) +
           "</failure>\n";
  }
  return out + "    </testcase>\n";
}

std::string problem_case(const Problem& problem) {
  const std::string_view name = problem.where.empty() ? "sluice" : std::string_view(problem.where);
  return case_open("problem", name) + ">\n      <error" + attribute("message", problem.what) +
         attribute("type", "problem") + ">" + escape_markup(problem.what) + "\n" +
         line_of("remedy", problem.remedy) + "</error>\n    </testcase>\n";
}

struct Counts {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;
};

std::string open(std::string_view element, std::string_view name, const Counts& counts,
                 double seconds) {
  return fmt::format("<{}{} tests=\"{}\" failures=\"{}\" errors=\"{}\"{} time=\"{:.3f}\">\n",
                     element, attribute("name", name), counts.tests, counts.failures, counts.errors,
                     element == "testsuite" ? fmt::format(" skipped=\"{}\"", counts.skipped) : "",
                     std::max(seconds, 0.0));
}

// Grouped by rule, in the order of the report within a rule.
std::string findings_suite(const Audit& audit, const RenderOptions& options) {
  std::vector<const Finding*> order;
  for (const Finding& finding : audit.findings) order.push_back(&finding);
  std::stable_sort(order.begin(), order.end(),
                   [](const Finding* a, const Finding* b) { return a->rule < b->rule; });
  std::string cases;
  for (const Finding* finding : order) cases += finding_case(*finding, options.redact);
  if (order.empty()) cases = passing("sluice", "no findings in " + scope_line(audit.scope));
  const Tally counts = tally(audit);
  const Counts shown{std::max<std::size_t>(order.size(), 1), counts.findings, 0, counts.suppressed};
  return "  " + open("testsuite", "sluice findings", shown, audit.scope.seconds) + cases +
         "  </testsuite>\n";
}

std::string problems_suite(const Audit& audit) {
  std::string cases;
  for (const Problem& problem : audit.problems) cases += problem_case(problem);
  // Exit code 2 without a problem named must not read as success.
  std::size_t errors = audit.problems.size();
  if (errors == 0 && verdict(audit) == Verdict::undecided) {
    cases = problem_case({std::string(unfinished), "", ""});
    errors = 1;
  }
  if (errors == 0) cases = passing("sluice", "everything could be read");
  const Counts counts{std::max<std::size_t>(errors, 1), 0, errors, 0};
  return "  " + open("testsuite", "sluice problems", counts, 0) + cases + "  </testsuite>\n";
}

}  // namespace

std::string render_junit(const Audit& audit, const RenderOptions& options) {
  const Tally counts = tally(audit);
  const std::size_t errors = counts.problems > 0                    ? counts.problems
                             : verdict(audit) == Verdict::undecided ? 1
                                                                    : 0;
  const Counts all{
      std::max<std::size_t>(audit.findings.size(), 1) + std::max<std::size_t>(errors, 1),
      counts.findings, errors, counts.suppressed};
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
         open("testsuites", "sluice", all, audit.scope.seconds) + findings_suite(audit, options) +
         problems_suite(audit) + "</testsuites>\n";
}

}  // namespace sluice::report
