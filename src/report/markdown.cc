#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "report/renderers.h"
#include "report/shown.h"
#include "report/verdict.h"

namespace sluice::report {
namespace {

// GitHub refuses a step summary above 1 MiB.
constexpr std::size_t most_rows = 500;
constexpr std::size_t most_bytes = 600'000;
constexpr std::size_t most_listed = 50;

// Text of outside origin as GitHub-flavoured Markdown that means only itself: every character that
// could open a construct is escaped, and no control character or newline is left.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : base::escape_for_terminal(text)) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      if (std::string_view("\\`*_{}[]#!|~:@$^").find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return out;
}

std::string code(std::string_view text) {
  return text.empty() ? "" : "<code>" + plain(text) + "</code>";
}

std::string_view mark_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::clean:
      return "\xE2\x9C\x85";
    case Verdict::blocked:
      return "\xE2\x9B\x94";
    case Verdict::not_blocking:
    case Verdict::undecided:
      break;
  }
  return "\xE2\x9A\xA0\xEF\xB8\x8F";
}

std::string row_of(const Finding& finding, bool redact) {
  std::string since = code(short_id(finding.origin.commit));
  if (!finding.origin.author.empty()) since += " " + code(finding.origin.author);
  return fmt::format("| {} | {} | {} | {} | {} |\n", to_string(finding.severity),
                     plain(finding.rule), code(place(finding)),
                     plain(without_secret(finding.message, finding, redact)), since);
}

std::string table(const Audit& audit, const RenderOptions& options) {
  std::vector<const Finding*> order;
  for (const Finding& finding : audit.findings) {
    if (!finding.suppressed) order.push_back(&finding);
  }
  if (order.empty()) return "";
  std::stable_sort(order.begin(), order.end(),
                   [](const Finding* a, const Finding* b) { return a->severity > b->severity; });
  std::string out =
      "\n| Severity | Rule | Where | What | Since |\n| --- | --- | --- | --- | --- |\n";
  std::size_t shown = 0;
  for (const Finding* finding : order) {
    if (shown == most_rows || out.size() > most_bytes) break;
    out += row_of(*finding, options.redact);
    ++shown;
  }
  if (shown < order.size()) out += fmt::format("\n... and {} more.\n", order.size() - shown);
  return out;
}

// Each rule's remedy once, however many findings it has.
std::string remedies(const Audit& audit, const RenderOptions& options) {
  std::set<std::string> seen;
  std::string items;
  for (const Finding& finding : audit.findings) {
    if (finding.suppressed || finding.remedy.empty()) continue;
    if (seen.size() >= most_listed || !seen.insert(finding.rule).second) continue;
    items += fmt::format("- {}: {}", code(finding.rule),
                         plain(without_secret(finding.remedy, finding, options.redact)));
    if (is_web_url(finding.reference))
      items += fmt::format(" [Reference](<{}>)", finding.reference);
    items += '\n';
  }
  return items.empty() ? "" : "\n**What to do**\n\n" + items;
}

std::string problems(const Audit& audit) {
  std::string items;
  std::size_t shown = 0;
  for (const Problem& problem : audit.problems) {
    if (shown++ == most_listed) {
      items += fmt::format("- ... and {} more\n", audit.problems.size() - most_listed);
      break;
    }
    items += "- " + (problem.where.empty() ? "" : code(problem.where) + " ") + plain(problem.what);
    if (!problem.remedy.empty()) items += fmt::format(" ({})", plain(problem.remedy));
    items += '\n';
  }
  return items.empty() ? "" : "\n**Could not be decided**\n\n" + items;
}

std::string asides(const Audit& audit) {
  std::string out;
  for (std::size_t i = 0; i < std::min(audit.notes.size(), most_listed); ++i) {
    out += "- " + plain(audit.notes[i]) + "\n";
  }
  const auto& skipped = audit.scope.skipped;
  for (std::size_t i = 0; i < std::min(skipped.size(), most_listed); ++i) {
    out += fmt::format("- skipped {}: {}\n", code(skipped[i].what), plain(skipped[i].reason));
  }
  const std::size_t hidden = (audit.notes.size() - std::min(audit.notes.size(), most_listed)) +
                             (skipped.size() - std::min(skipped.size(), most_listed));
  if (hidden > 0) out += fmt::format("- ... and {} more\n", hidden);
  return out.empty() ? "" : "\n**Notes**\n\n" + out;
}

}  // namespace

std::string render_markdown(const Audit& audit, const RenderOptions& options) {
  const Verdict outcome = verdict(audit);
  std::string out = fmt::format("### {} sluice: {}\n\n", mark_of(outcome), to_string(outcome));
  if (!audit.scope.description.empty()) out += plain(audit.scope.description) + ": ";
  out += scope_line(audit.scope) + "; **" + tally_line(tally(audit)) + "**\n";
  return out + problems(audit) + table(audit, options) + remedies(audit, options) + asides(audit);
}

}  // namespace sluice::report
