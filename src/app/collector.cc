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
  Hit hit{std::move(scanned.finding), scanned.rule, std::move(scanned.evidence), scanned.secret, false};
  const auto comment =
      suppress::find_allow_comment(hit.finding.rule, scanned.line, scanned.line_above);
  if (comment) {
    hit.comment_without_reason = comment->reason.empty();
    if (!comment->reason.empty()) hit.finding.suppressed = Suppression{"comment", comment->reason};
  }
  return hit;
}

// What is remembered of a text.
struct TextMemory : source::Memory {
  explicit TextMemory(const scan::DecodedText& text)
      : is_binary(text.is_binary()), is_verbatim(text.is_verbatim()), left_out(text.left_out()) {}

  // Whether this one's bytes being those of another means that so are the texts.
  bool is_like(const TextMemory& other) const {
    return is_verbatim && other.is_verbatim && is_binary == other.is_binary;
  }

  scan::Candidates candidates;
  bool is_binary;
  bool is_verbatim;
  std::size_t left_out;
};

// Ranges of objects as ranges of their texts, which begin behind a byte order mark.
std::vector<base::CopiedRange> in_texts(const pack::Derivation& derivation, const TextMemory& base,
                                        const TextMemory& made) {
  std::vector<base::CopiedRange> ranges;
  ranges.reserve(derivation.copied.size());
  for (const base::CopiedRange& range : derivation.copied) {
    const std::size_t cut = std::max(made.left_out - std::min(made.left_out, range.begin),
                                     base.left_out - std::min(base.left_out, range.from));
    if (cut >= range.size) continue;
    ranges.push_back({range.begin + cut - made.left_out, range.from + cut - base.left_out,
                      range.size - cut});
  }
  return ranges;
}

}  // namespace

std::shared_ptr<const source::Memory> Collector::consume(const source::Item& item) {
  bytes_ += item.bytes.size();
  const scan::DecodedText text(item.bytes);
  std::unique_ptr<scan::Search> search = take_search();
  auto memory = std::make_shared<TextMemory>(text);
  const auto* const base = item.derivation == nullptr
                               ? nullptr
                               : dynamic_cast<const TextMemory*>(item.derivation->base);
  if (base != nullptr && memory->is_like(*base)) {
    memory->candidates =
        search->scan_changed(text.view(), text.is_binary(), in_texts(*item.derivation, *base, *memory),
                             base->candidates, item.derivation->base_size - base->left_out);
  } else {
    memory->candidates = search->scan(text.view(), text.is_binary());
  }
  give_back(std::move(search));
  const std::vector<scan::Match> matches = scanner_.matches_of(text.view(), memory->candidates);
  if (!matches.empty()) keep_hits(item, text.view(), matches);
  return memory;
}

std::unique_ptr<scan::Search> Collector::take_search() {
  const std::lock_guard guard(lock_);
  if (searches_.empty()) return std::make_unique<scan::Search>(scanner_);
  std::unique_ptr<scan::Search> search = std::move(searches_.back());
  searches_.pop_back();
  return search;
}

void Collector::give_back(std::unique_ptr<scan::Search> search) {
  const std::lock_guard guard(lock_);
  searches_.push_back(std::move(search));
}

void Collector::keep_hits(const source::Item& item, std::string_view text,
                          const std::vector<scan::Match>& matches) {
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
  for (scan::ScannedFinding& scanned : scan::build_findings(text, matches)) {
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

std::vector<HitItem> Collector::take_items() { return std::move(items_); }
std::vector<Problem> Collector::take_problems() { return std::move(problems_); }
std::vector<Skipped> Collector::take_skipped() { return std::move(skipped_); }

}  // namespace sluice::app
