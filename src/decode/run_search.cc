#include "decode/run_search.h"

#include <algorithm>
#include <tuple>

#include "decode/run_at.h"
#include "decode/run_finder.h"

namespace sluice::decode {

using base::CopiedRange;

namespace {

auto key_of(const EncodedRun& run) { return std::make_tuple(run.anchor, run.encoding); }

// Orders runs; of two for one anchor the first given stays.
void order(EncodedRuns& runs) {
  std::stable_sort(runs.begin(), runs.end(),
                   [](const EncodedRun& a, const EncodedRun& b) { return key_of(a) < key_of(b); });
  runs.erase(std::unique(runs.begin(), runs.end(),
                         [](const EncodedRun& a, const EncodedRun& b) { return key_of(a) == key_of(b); }),
             runs.end());
}

EncodedRun moved(EncodedRun run, const CopiedRange& range) {
  for (std::size_t* const offset : {&run.anchor, &run.begin, &run.end, &run.look_begin, &run.look_end}) {
    *offset = *offset - range.from + range.begin;
  }
  return run;
}

// Collects the runs of one text.
class RunCollector {
 public:
  RunCollector(std::string_view text, const HoldsSecret& holds_secret)
      : text_(text), holds_secret_(holds_secret) {}

  void search(std::size_t from, std::size_t to) {
    EncodedRuns found;
    find_runs(text_, from, to, found);
    for (EncodedRun& run : found) add_new(run);
  }

  // What `base` has in `range`: as it was when nothing that had a say has changed, else judged anew.
  void inherit(const CopiedRange& range, const EncodedRuns& base, std::size_t base_size) {
    const std::size_t end = range.from + range.size;
    const bool same_begin = range.begin == 0 && range.from == 0;
    const bool same_end = end == base_size && range.begin + range.size == text_.size();
    auto one = std::partition_point(base.begin(), base.end(),
                                    [&](const EncodedRun& run) { return run.anchor < range.from; });
    for (; one != base.end() && one->anchor < end; ++one) {
      const bool is_same = one->look_begin >= range.from && one->look_end <= end &&
                           (!one->saw_begin || same_begin) && (!one->saw_end || same_end);
      if (is_same) {
        runs_.push_back(moved(*one, range));
      } else if (auto run = run_at(text_, one->anchor - range.from + range.begin, one->encoding)) {
        add_new(*run);
      }
    }
  }

  EncodedRuns take() {
    order(runs_);
    return std::move(runs_);
  }

 private:
  void add_new(EncodedRun& run) {
    run.holds_secret = holds_secret_(text_, run);
    runs_.push_back(run);
  }

  std::string_view text_;
  const HoldsSecret& holds_secret_;
  EncodedRuns runs_;
};

}  // namespace

EncodedRuns search_runs(std::string_view text, const HoldsSecret& holds_secret) {
  RunCollector collector(text, holds_secret);
  collector.search(0, text.size());
  return collector.take();
}

EncodedRuns search_changed_runs(std::string_view text, std::span<const CopiedRange> copied,
                                const EncodedRuns& base, std::size_t base_size,
                                const HoldsSecret& holds_secret) {
  RunCollector collector(text, holds_secret);
  std::size_t part_begin = 0, part_end = 0;  // being widened, not yet searched
  std::size_t at = 0;
  const auto look_at = [&](std::size_t begin, std::size_t end) {
    begin -= std::min(anchor_size, begin);
    end += std::min(anchor_reach, text.size() - end);
    if (begin > part_end) {
      collector.search(part_begin, part_end);
      part_begin = begin;
    }
    part_end = end;
  };
  for (const CopiedRange& range : copied) {
    const bool both_begin = range.begin == 0 && range.from == 0;
    if (!both_begin) look_at(at, range.begin);
    collector.inherit(range, base, base_size);
    at = range.begin + range.size;
  }
  const bool both_end =
      !copied.empty() && at == text.size() && copied.back().from + copied.back().size == base_size;
  if (!both_end) look_at(at, text.size());
  collector.search(part_begin, part_end);
  return collector.take();
}

}  // namespace sluice::decode
