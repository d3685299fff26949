#include "app/piecewise_look.h"

#include <algorithm>
#include <utility>

#include "base/beside.h"
#include "base/parallel.h"
#include "container/container.h"
#include "decode/run_finder.h"
#include "inside/looker.h"
#include "scan/encoding.h"
#include "scan/search.h"

namespace sluice::app {

using rules::Span;
using scan::Candidate;
using scan::Sieve;

// What a thread has, for one part after another.
struct PiecewiseLook::Worker {
  explicit Worker(const scan::Scanner& scanner) : search(scanner), looker(scanner, search) {}
  scan::Search search;
  inside::Looker looker;
  scan::Candidates candidates;
  decode::EncodedRuns runs;
};

PiecewiseLook::PiecewiseLook(const scan::Scanner& scanner, unsigned jobs, const Sizes& sizes)
    : scanner_(scanner), jobs_(jobs), sizes_(sizes) {}

PiecewiseLook::~PiecewiseLook() = default;

bool PiecewiseLook::holds_nothing(std::uint64_t size, const Read& read) {
  size_ = size;
  sieve_.emplace(scanner_, static_cast<std::size_t>(size));
  Result<Window> window = first_window(read);
  if (!window || !is_for_pieces(*window)) return false;
  while (true) {
    const bool is_last = window->look_end == size_;
    base::Beside<Result<Window>> next([&] { return next_window(*window, read); });
    if (!is_last) next.start();
    const bool goes_on = look_at(*window);
    if (is_last) {
      if (!goes_on || is_container(*window)) return false;
      return sieve_->matches().empty();
    }
    if (!goes_on || !next.get()) return false;
    window = std::move(next.get());
  }
}

Result<PiecewiseLook::Window> PiecewiseLook::first_window(const Read& read) const {
  Window window;
  window.bytes.resize(static_cast<std::size_t>(std::min<std::uint64_t>(size_, sizes_.window + sizes_.around)));
  SLUICE_TRY_ASSIGN(const std::size_t count, read(window.bytes.data(), window.bytes.size()));
  window.bytes.resize(count);
  window.look_end = std::min<std::uint64_t>(size_, sizes_.window);
  return window;
}

Result<PiecewiseLook::Window> PiecewiseLook::next_window(const Window& window, const Read& read) const {
  Window next;
  next.look_begin = window.look_end;
  next.look_end = std::min<std::uint64_t>(size_, next.look_begin + sizes_.window);
  next.begin = next.look_begin - std::min<std::uint64_t>(sizes_.around, next.look_begin);
  const std::uint64_t end = std::min<std::uint64_t>(size_, next.look_end + sizes_.around);
  const std::string_view known = std::string_view(window.bytes).substr(static_cast<std::size_t>(next.begin - window.begin));
  next.bytes.reserve(static_cast<std::size_t>(end - next.begin));
  next.bytes = known;
  next.bytes.resize(static_cast<std::size_t>(end - next.begin));
  SLUICE_TRY_ASSIGN(const std::size_t count, read(next.bytes.data() + known.size(), next.bytes.size() - known.size()));
  if (count != next.bytes.size() - known.size()) return fail(ErrorKind::corrupt, "the text is shorter than was said");
  return next;
}

// What has to be decoded first is looked at as a whole. Whether it has is told by the text's first bytes, and by whether
// there is an even number of them.
bool PiecewiseLook::is_for_pieces(const Window& first) {
  constexpr std::size_t told_by = 16384;
  head_ = first.bytes.substr(0, told_by);
  const std::string_view head = std::string_view(head_).substr(0, head_.size() - (head_.size() + size_) % 2);
  const scan::DecodedText text(head);
  is_binary_ = text.is_binary();
  return text.is_verbatim() && text.left_out() == 0;
}

// As it is told of the whole text: by its first bytes and its last ones.
bool PiecewiseLook::is_container(const Window& last) const {
  const std::size_t side = std::min(last.bytes.size(), head_.size());
  return container::kind_of(head_ + last.bytes.substr(last.bytes.size() - side)) != container::Kind::none;
}

// False when the text has to be looked at as a whole.
bool PiecewiseLook::look_at(const Window& window) {
  const auto begin = static_cast<std::size_t>(window.look_begin - window.begin);
  const auto end = static_cast<std::size_t>(window.look_end - window.begin);
  std::vector<std::optional<Sieve::Sifted>> parts((end - begin + sizes_.part - 1) / sizes_.part);
  base::for_each_in_parallel(
      parts.size(),
      [&](std::size_t i) {
        const std::size_t from = begin + i * sizes_.part;
        parts[i] = look_at_part(window, {from, std::min(end, from + sizes_.part)});
      },
      std::max(1u, jobs_));
  for (std::optional<Sieve::Sifted>& part : parts) {
    if (!part) return false;
    sieve_->add(std::move(*part));
  }
  return true;
}

// Nothing when the text has to be looked at as a whole.
std::optional<Sieve::Sifted> PiecewiseLook::look_at_part(const Window& window, Span part) {
  std::unique_ptr<Worker> worker = idle_.take([this] { return std::make_unique<Worker>(scanner_); });
  worker->search.scan_part_once(window.bytes, is_binary_, part, worker->candidates);
  std::optional<Sieve::Sifted> kept;
  if (are_settled(window, worker->candidates) && look_into_runs(window, part, *worker)) {
    kept = sieve_->sift(worker->candidates, static_cast<std::size_t>(window.begin));
  }
  idle_.give_back(std::move(worker));
  return kept;
}

// Whether bytes [begin, end) of the window would have been looked at in the whole text, too, and no others.
bool PiecewiseLook::is_settled(const Window& window, std::size_t begin, std::size_t end) const {
  const bool ends_text = window.begin + window.bytes.size() == size_;
  return (begin > 0 || window.begin == 0) && (end < window.bytes.size() || ends_text);
}

bool PiecewiseLook::are_settled(const Window& window, const scan::Candidates& candidates) const {
  return std::all_of(candidates.begin(), candidates.end(), [&](const Candidate& candidate) {
    return is_settled(window, candidate.look().begin, candidate.look().end);
  });
}

// False when something is in one, or it is longer than the window.
bool PiecewiseLook::look_into_runs(const Window& window, Span part, Worker& worker) const {
  worker.runs.clear();
  decode::find_runs(window.bytes, part.begin, part.end, worker.runs);
  return std::all_of(worker.runs.begin(), worker.runs.end(), [&](const decode::EncodedRun& run) {
    return is_settled(window, run.look_begin, run.look_end) && worker.looker.look_into(window.bytes, run).empty() &&
           worker.looker.take_notices().empty();
  });
}

}  // namespace sluice::app
