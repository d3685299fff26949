#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/parallel.h"
#include "base/text.h"
#include "report/renderers.h"
#include "report/shown.h"
#include "report/snippet.h"
#include "report/verdict.h"

namespace sluice::report {
namespace {

constexpr std::size_t few = 5;
constexpr std::string_view dim = "2";
constexpr std::string_view bold = "1";

using base::escape_for_terminal;

std::string_view style_of(Severity severity) {
  switch (severity) {
    case Severity::critical:
      return "1;31";
    case Severity::high:
      return "31";
    case Severity::medium:
      return "33";
    case Severity::low:
      break;
  }
  return "36";
}

std::string_view style_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::clean:
      return "1;32";
    case Verdict::blocked:
      return "1;31";
    case Verdict::not_blocking:
    case Verdict::undecided:
      break;
  }
  return "1;33";
}

class TextReport {
 public:
  TextReport(const Audit& audit, const RenderOptions& options)
      : audit_(audit), options_(options), painter_(options.color) {}

  std::string render() {
    add_findings();
    add_problems();
    add_notes();
    add_skipped();
    add_verdict();
    return std::move(out_);
  }

  std::string render_quiet() {
    for (const Finding& finding : audit_.findings) {
      if (finding.suppressed) continue;
      out_ += fmt::format("{}: {} {}: {}\n", escape_for_terminal(place(finding)),
                          to_string(finding.severity), escape_for_terminal(finding.rule),
                          escape_for_terminal(clean(finding, finding.message)));
    }
    for (const Problem& problem : audit_.problems) {
      const std::string where = problem.where.empty() ? "sluice" : problem.where;
      out_ += fmt::format("{}: problem: {}\n", escape_for_terminal(where),
                          escape_for_terminal(problem.what));
    }
    if (audit_.problems.empty() && verdict(audit_) == Verdict::undecided) {
      out_ += fmt::format("sluice: problem: {}\n", unfinished);
    }
    return std::move(out_);
  }

 private:
  // Many are drawn in blocks, on all cores.
  void add_findings() {
    constexpr std::size_t block = 32;
    const std::vector<Finding>& findings = audit_.findings;
    const std::size_t blocks = (findings.size() + block - 1) / block;
    std::vector<std::string> drawn(blocks);
    const auto draw = [&](std::size_t at) {
      TextReport part(audit_, options_);
      for (std::size_t i = at * block; i < std::min(findings.size(), (at + 1) * block); ++i) {
        if (!findings[i].suppressed || options_.verbose) part.add_finding(findings[i]);
      }
      drawn[at] = std::move(part.out_);
    };
    base::for_each_in_parallel(blocks, draw, blocks > 2 ? base::all_cores : 1);
    std::size_t size = 0;
    for (const std::string& part : drawn) size += part.size();
    out_.reserve(size + 4096);  // what follows is short
    for (const std::string& part : drawn) out_ += part;
  }

  std::string clean(const Finding& finding, std::string_view text) const {
    return without_secret(text, finding, options_.redact);
  }

  void add_finding(const Finding& finding) {
    out_ += fmt::format("{} {} {}\n",
                        painter_.paint(style_of(finding.severity), to_string(finding.severity)),
                        painter_.paint(bold, escape_for_terminal(finding.rule)),
                        painter_.paint("36", escape_for_terminal(place(finding))));
    out_ += wrap(clean(finding, finding.message), 2, options_.width);
    add_source(finding);
    add_history(finding);
    if (finding.suppressed) {
      add_field("allowed by", described(*finding.suppressed));
    }
    if (options_.verbose) add_field("also matches", fmt::format("{}", fmt::join(finding.also_matches, ", ")));
    add_field("remedy", clean(finding, finding.remedy));
    add_dim_field("see", finding.reference);
    add_dim_field("fingerprint", finding.fingerprint);
    out_ += '\n';
  }

  void add_source(const Finding& finding) {
    std::uint32_t largest = finding.at.line;
    for (const Related& related : finding.related) largest = std::max(largest, related.line);
    Frame frame;
    frame.gutter = std::max<std::size_t>(5, fmt::formatted_size("{}", largest) + 2);
    frame.width = options_.width;
    frame.caret_style = style_of(finding.severity);
    const ShownLine line = shown_line(finding, options_.redact);
    if (finding.at.line > 0 && !(line.before + line.marked + line.after).empty()) {
      out_ += draw_snippet(finding.at.line, line, frame, painter_);
    }
    frame.caret_style = "34";
    for (const Related& related : finding.related) add_related(finding, related, frame);
  }

  void add_related(const Finding& finding, const Related& related, const Frame& frame) {
    out_ += fmt::format("  {}: {}\n", painter_.paint("36", escape_for_terminal(place(related))),
                        escape_for_terminal(clean(finding, related.message)));
    if (related.excerpt.empty() || related.line == 0) return;
    const Location at{{}, related.line, related.column, 0, 0};
    out_ += draw_snippet(related.line, marked_by_columns(clean(finding, related.excerpt), at), frame, painter_);
  }

  void add_history(const Finding& finding) {
    const Origin& origin = finding.origin;
    if (!origin.commit.empty()) {
      std::string text(short_id(origin.commit));
      if (!origin.author.empty()) text += " by " + origin.author;
      if (!origin.date.empty()) text += " on " + origin.date;
      add_field("since", text);
    }
    if (finding.present_at) add_field("still at", described(*finding.present_at));
    std::vector<std::string> others;
    std::copy_if(finding.paths.begin(), finding.paths.end(), std::back_inserter(others),
                 [&](const std::string& path) { return path != finding.at.path; });
    const std::size_t shown = options_.verbose ? others.size() : std::min(others.size(), few);
    if (shown == 0) return;
    std::string text = fmt::format(
        "{}", fmt::join(others.begin(), others.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
    if (shown < others.size()) text += fmt::format(" and {} more", others.size() - shown);
    add_field("also at", text);
  }

  void add_field(std::string_view name, std::string_view text) {
    if (text.empty()) return;
    out_ += wrap(fmt::format("{}: {}", name, text), 2, options_.width);
  }

  void add_dim_field(std::string_view name, std::string_view text) {
    if (text.empty()) return;
    out_ +=
        "  " + painter_.paint(dim, fmt::format("{}: {}", name, escape_for_terminal(text))) + "\n";
  }

  void add_problems() {
    for (const Problem& problem : audit_.problems) {
      out_ += painter_.paint("1;33", "problem");
      if (!problem.where.empty()) {
        out_ += " " + painter_.paint("36", escape_for_terminal(problem.where));
      }
      out_ += "\n" + wrap(problem.what, 2, options_.width);
      add_field("remedy", problem.remedy);
      out_ += '\n';
    }
  }

  void add_notes() {
    for (const std::string& note : audit_.notes) {
      out_ += painter_.paint(dim, "note") + ": " + escape_for_terminal(note) + "\n";
    }
  }

  void add_skipped() {
    const auto& skipped = audit_.scope.skipped;
    const std::size_t shown = options_.verbose ? skipped.size() : std::min(skipped.size(), few);
    for (std::size_t i = 0; i < shown; ++i) {
      out_ +=
          fmt::format("{}: {}: {}\n", painter_.paint(dim, "skipped"),
                      escape_for_terminal(skipped[i].what), escape_for_terminal(skipped[i].reason));
    }
    if (shown < skipped.size()) {
      out_ += fmt::format("{}: {} more\n", painter_.paint(dim, "skipped"), skipped.size() - shown);
    }
  }

  void add_verdict() {
    const std::string line = verdict_line(audit_);
    const std::size_t colon = line.find(':');
    out_ += painter_.paint(style_of(verdict(audit_)), line.substr(0, colon)) + line.substr(colon) +
            "\n";
  }

  const Audit& audit_;
  const RenderOptions& options_;
  Painter painter_;
  std::string out_;
};

}  // namespace

std::string render_text(const Audit& audit, const RenderOptions& options) {
  TextReport report(audit, options);
  return options.quiet ? report.render_quiet() : report.render();
}

}  // namespace sluice::report
