#include "app/collector.h"

#include <algorithm>

#include "app/interrupt.h"
#include "scan/encoding.h"
#include "suppress/allow_comment.h"

namespace sluice::app {
namespace {

bool touches(const Location& at, const std::vector<git::LineRange>& lines) {
  return std::any_of(lines.begin(), lines.end(), [&](const git::LineRange& range) {
    return at.line <= range.last && at.end_line >= range.first;
  });
}

// Suppresses the finding where an allow comment with a reason says so.
Hit make_hit(scan::ScannedFinding scanned) {
  Hit hit{std::move(scanned.finding), scanned.rule, scanned.secret, false};
  const auto comment =
      suppress::find_allow_comment(hit.finding.rule, scanned.line, scanned.line_above);
  if (comment) {
    hit.comment_without_reason = comment->reason.empty();
    if (!comment->reason.empty()) hit.finding.suppressed = Suppression{"comment", comment->reason};
  }
  return hit;
}

}  // namespace

void Collector::consume(const source::Item& item) {
  bytes_ += item.bytes.size();
  const scan::DecodedText text(item.bytes);
  const std::vector<scan::Match> matches = scanner_.scan(text.view(), text.is_binary());
  if (matches.empty()) return;

  std::vector<git::LineRange> added;
  bool all_lines = true;
  if (item.added_lines) {
    auto lines = item.added_lines();
    all_lines = !lines;
    if (lines) {
      added = std::move(*lines);
    } else {
      problem(source::to_problem(lines.error()));
    }
  }
  HitItem hit_item{item.origin, item.paths, 0, {}};
  for (scan::ScannedFinding& scanned : scan::build_findings(text.view(), matches)) {
    if (!all_lines && !touches(scanned.finding.at, added)) continue;
    hit_item.hits.push_back(make_hit(std::move(scanned)));
  }
  if (hit_item.hits.empty()) return;
  const std::lock_guard guard(lock_);
  items_.push_back(std::move(hit_item));
}

void Collector::problem(Problem problem) {
  const std::lock_guard guard(lock_);
  problems_.push_back(std::move(problem));
}

void Collector::skip(Skipped skipped) {
  const std::lock_guard guard(lock_);
  skipped_.push_back(std::move(skipped));
}

void Collector::progress(std::uint64_t done, std::uint64_t total) {
  progress_.update(done, total, bytes_);
}

bool Collector::interrupted() const { return is_interrupted(); }

void Collector::add(Finding finding) {
  const std::lock_guard guard(lock_);
  findings_.push_back(std::move(finding));
}

void Collector::add(Problem problem) { this->problem(std::move(problem)); }

std::vector<HitItem> Collector::take_items() { return std::move(items_); }
std::vector<Finding> Collector::take_findings() { return std::move(findings_); }
std::vector<Problem> Collector::take_problems() { return std::move(problems_); }
std::vector<Skipped> Collector::take_skipped() { return std::move(skipped_); }

}  // namespace sluice::app
