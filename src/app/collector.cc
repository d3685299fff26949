#include "app/collector.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/inner_hits.h"
#include "app/interrupt.h"
#include "app/piecewise_look.h"
#include "base/beside.h"
#include "decode/run_search.h"
#include "inside/looker.h"
#include "scan/encoding.h"
#include "scan/large_search.h"

namespace sluice::app {
namespace {

bool touches(const Location& at, const std::vector<git::LineRange>& lines) {
  return std::any_of(lines.begin(), lines.end(), [&](const git::LineRange& range) {
    return at.line <= range.last && at.end_line >= range.first;
  });
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
  decode::EncodedRuns runs;
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

// What was found in a text, and what is remembered of it.
struct Looked {
  std::vector<scan::Match> matches;
  std::shared_ptr<TextMemory> memory;
};

// Finds what may matter in a text that was not made from another.
Looked look_at_all(const scan::DecodedText& text, bool is_base, const scan::Scanner& scanner, scan::Search& search,
                   unsigned jobs, const decode::HoldsSecret& holds_secret) {
  const std::string_view bytes = text.view();
  Looked looked{{}, std::make_shared<TextMemory>(text)};
  TextMemory& memory = *looked.memory;
  const auto search_runs = [&] { return decode::search_runs(bytes, holds_secret); };
  if (bytes.size() < scan::least_large) {
    memory.runs = search_runs();
    memory.candidates = is_base ? search.scan(bytes, text.is_binary()) : search.scan_once(bytes, text.is_binary());
    looked.matches = scanner.matches_of(bytes, memory.candidates);
    return looked;
  }
  base::Beside<decltype(memory.runs)> runs(search_runs);
  if (jobs > 1) runs.start();
  if (is_base) {
    memory.candidates = scan::candidates_of_large(scanner, bytes, text.is_binary(), jobs);
    looked.matches = scanner.matches_of(bytes, memory.candidates);
  } else {
    looked.matches = scan::matches_of_large(scanner, bytes, text.is_binary(), jobs);
  }
  memory.runs = std::move(runs.get());
  return looked;
}

// Finds what may matter in a text: all of it, or what is new against the one it was made from.
Looked look_at(const source::Item& item, const scan::DecodedText& text, const scan::Scanner& scanner,
               scan::Search& search, unsigned jobs) {
  inside::Looker looker(scanner, search);
  const decode::HoldsSecret holds_secret = [&](std::string_view around, const decode::EncodedRun& run) {
    return !looker.look_into(around, run).empty() || !looker.take_notices().empty();
  };
  const auto* const base = item.derivation == nullptr
                               ? nullptr
                               : dynamic_cast<const TextMemory*>(item.derivation->base);
  auto memory = std::make_shared<TextMemory>(text);
  if (base == nullptr || !memory->is_like(*base)) {
    return look_at_all(text, item.is_base, scanner, search, jobs, holds_secret);
  }
  const auto copied = in_texts(*item.derivation, *base, *memory);
  const std::size_t base_size = item.derivation->base_size - base->left_out;
  memory->candidates = search.scan_changed(text.view(), text.is_binary(), copied, base->candidates, base_size);
  memory->runs = decode::search_changed_runs(text.view(), copied, base->runs, base_size, holds_secret);
  return {scanner.matches_of(text.view(), memory->candidates), std::move(memory)};
}

}  // namespace

std::shared_ptr<const source::Memory> Collector::consume(const source::Item& item) {
  bytes_ += item.bytes.size();
  const scan::DecodedText text(item.bytes);
  std::unique_ptr<scan::Search> search = searches_.take([this] { return std::make_unique<scan::Search>(scanner_); });
  Looked looked = look_at(item, text, scanner_, *search, jobs_);
  keep(hits_of(item, text, std::move(looked.matches), looked.memory->runs, *search));
  if (const auto content = large_files_.content_of(item, *this)) {
    keep(hits_in_large_file(item, content->bytes(), *search));
    if (const Status status = content->verify(); !status) problem(source::to_problem(status.error()));
  }
  searches_.give_back(std::move(search));
  return looked.memory;
}

bool Collector::holds_nothing(pack::EntryPieces& pieces) {
  PiecewiseLook look(scanner_, jobs_);
  const auto read = [&pieces](char* out, std::size_t room) { return pieces.read(out, room); };
  if (!look.holds_nothing(pieces.size(), read)) return false;
  bytes_ += pieces.size();
  return true;
}

std::vector<HitItem> Collector::hits_of(const source::Item& item, const scan::DecodedText& text,
                                        std::vector<scan::Match> matches, const decode::EncodedRuns& runs,
                                        scan::Search& search) {
  scan::verify_structure(text.view(), matches);
  const bool has_hidden = std::any_of(runs.begin(), runs.end(),
                                      [](const decode::EncodedRun& run) { return run.holds_secret; });
  const bool is_container = container::kind_of(item.bytes) != container::Kind::none;
  if (matches.empty() && !has_hidden && !is_container) return {};
  inside::Looker looker(scanner_, search);
  std::vector<HitItem> found =
      hits_in_text(item, text.view(), std::move(matches), hidden_in_runs(looker, text.view(), runs, item, *this));
  for (HitItem& hit_item : found) look_at_added_lines(item, hit_item.hits);
  if (is_container) add_container_hits(looker, item, found, *this);
  std::erase_if(found, [](const HitItem& hit_item) { return hit_item.hits.empty(); });
  return found;
}

// All lines of the content count as added: the pointer's lines say nothing about them.
std::vector<HitItem> Collector::hits_in_large_file(const source::Item& pointer, std::string_view bytes,
                                                   scan::Search& search) {
  constexpr std::string_view way = "LFS object";
  bytes_ += bytes.size();
  const source::Item item{bytes, pointer.origin, pointer.paths, {}, nullptr};
  const scan::DecodedText text(bytes);
  Looked looked = look_at(item, text, scanner_, search, jobs_);
  std::vector<HitItem> found = hits_of(item, text, std::move(looked.matches), looked.memory->runs, search);
  for (HitItem& hit_item : found) {
    for (Hit& hit : hit_item.hits) {
      std::string& inside = hit.finding.inside;
      inside = inside.empty() ? std::string(way) : fmt::format("{}!{}", way, inside);
    }
  }
  return found;
}

void Collector::keep(std::vector<HitItem> found) {
  if (found.empty()) return;
  const std::lock_guard guard(lock_);
  std::move(found.begin(), found.end(), std::back_inserter(items_));
}

// Leaves those that touch an added line, where only these count.
void Collector::look_at_added_lines(const source::Item& item, std::vector<Hit>& hits) {
  if (!item.added_lines || hits.empty()) return;
  const auto added = item.added_lines();
  if (!added) return problem(source::to_problem(added.error()));
  std::erase_if(hits, [&](const Hit& hit) { return !touches(hit.finding.at, *added); });
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
