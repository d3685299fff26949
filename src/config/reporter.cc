#include "config/reporter.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "config/checks.h"
#include "config/mask.h"
#include "config/values.h"
#include "config/walk.h"
#include "finding/fingerprint.h"

namespace sluice::config {
namespace {

std::size_t indent_of(std::string_view line) {
  return std::min(line.find_first_not_of(" \t"), line.size());
}

// In a file that cannot be read the keys above a line are told by indentation.
bool is_below_secret(const document::Lines& lines, std::size_t index) {
  std::size_t indent = indent_of(lines[index]);
  while (indent > 0 && index-- > 0) {
    const std::string_view line = lines[index];
    if (indent_of(line) >= indent || base::trim(line).empty()) continue;
    indent = indent_of(line);
    if (looks_secret(base::trim(line.substr(0, line.find(':'))))) return true;
  }
  return false;
}

std::string line_of(const Source& source, std::uint32_t line, bool is_secret) {
  if (line == 0) return {};
  if (source.is_read()) return masked_line((*source.document)->lines[line - 1], is_secret);
  const document::Lines lines(source.file->text);
  return masked_line(lines[line - 1], is_below_secret(lines, line - 1));
}

}  // namespace

Span span_of(const document::Node& node) { return {node.mark, node.end}; }

Span span_of(const document::EffectiveEntry& entry) {
  if (entry.via != nullptr) return span_of(*entry.via);
  const bool is_below = entry.value->mark.line != entry.key->mark.line;
  const bool is_long =
      is_collection(*entry.value) && entry.value->end.line != entry.value->mark.line;
  return span_of(is_below || is_long ? *entry.key : *entry.value);
}

Related Reporter::related(const Source& source, document::Mark at, std::string message,
                          bool is_secret) {
  return {source.path(), at.line, at.column, std::move(message),
          line_of(source, at.line, is_secret)};
}

Draft Reporter::draft(const Match& match, const Source& source, const Source& base,
                      std::string base_message) {
  const bool is_secret = match.path.is_secret();
  Draft draft{source, span_of(match.entry), {}, match.path.identity(), {}, is_secret, {}};
  const document::EffectiveEntry& other = *match.other;
  draft.related.push_back(related(base, span_of(other).start, std::move(base_message), is_secret));
  if (match.entry.via != nullptr) {
    draft.related.push_back(
        related(source, match.entry.key->mark, "merged by `<<` from here", is_secret));
  }
  return draft;
}

void Reporter::report(Draft draft) {
  std::size_t& count = counts_[draft.source.path()];
  if (++count > limit + 1) return;
  if (count == limit + 1) {
    draft.message = fmt::format("more than {} findings of this kind; the rest is left out", limit);
    draft.identity = "more";
    draft.related.clear();
  }
  Finding finding;
  finding.rule = check_.id;
  finding.title = check_.help;
  finding.severity = std::min(severity_, draft.at_most);
  finding.confidence = Confidence::high;
  finding.message = std::move(draft.message);
  finding.remedy = draft.remedy.empty() ? std::string(check_.remedy) : std::move(draft.remedy);
  finding.at = {draft.source.path(), draft.span.start.line, draft.span.start.column,
                draft.span.end.line, draft.span.end.column};
  finding.paths = {draft.source.path()};
  finding.origin.kind = OriginKind::file;
  finding.fingerprint = fingerprint(check_.id, draft.source.path() + "\n" + draft.identity);
  finding.related = std::move(draft.related);
  finding.excerpt.before = line_of(draft.source, draft.span.start.line, draft.is_secret);
  findings_.push_back(std::move(finding));
}

std::deque<Finding> Reporter::take() {
  const auto is_before = [](const Finding& a, const Finding& b) {
    return std::tie(a.at.path, a.at.line, a.at.column) <
           std::tie(b.at.path, b.at.line, b.at.column);
  };
  // They mostly come so.
  if (!std::is_sorted(findings_.begin(), findings_.end(), is_before)) {
    std::stable_sort(findings_.begin(), findings_.end(), is_before);
  }
  counts_.clear();
  return std::exchange(findings_, {});
}

}  // namespace sluice::config
