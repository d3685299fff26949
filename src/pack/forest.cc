#include "pack/forest.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "base/parallel.h"
#include "pack/entry.h"

namespace sluice::pack {
namespace {

constexpr std::uint32_t no_parent = 0xffffffff;
constexpr std::size_t heavy = 256;  // entries of a family
constexpr std::size_t bytes_of_entry = 1024;  // of a root: an archive takes as long as many small deltas
constexpr std::size_t entries_worth_a_thread = 20'000;

// Turns positions in an index into entries. Thread-safe.
class EntriesByPosition {
 public:
  explicit EntriesByPosition(const std::vector<std::uint32_t>& positions) : positions_(positions) {}

  std::uint32_t at(std::uint32_t position) {
    std::call_once(inverted_, [this] { invert(); });  // only packs with deltas against names need it
    return entries_[position];
  }

 private:
  void invert() {
    entries_.resize(positions_.size());
    for (std::uint32_t i = 0; i < positions_.size(); ++i) entries_[positions_[i]] = i;
  }

  const std::vector<std::uint32_t>& positions_;
  std::once_flag inverted_;
  std::vector<std::uint32_t> entries_;
};

}  // namespace

Forest::Forest(const PackFile& pack, const std::vector<bool>& unwanted, unsigned jobs)
    : pack_(pack), unwanted_(unwanted) {
  sort_entries();
  const Parents parents = find_parents(jobs);
  link_children(parents);
  weigh(parents);
  put_heaviest_last();
}

void Forest::sort_entries() {
  const PackIndex& index = pack_.index();
  std::vector<std::pair<std::uint64_t, std::uint32_t>> sorted(index.count());
  for (std::uint32_t i = 0; i < index.count(); ++i) sorted[i] = {index.offset(i), i};
  std::sort(sorted.begin(), sorted.end());
  offsets_.reserve(sorted.size() + 1);
  positions_.reserve(sorted.size());
  for (const auto& [offset, position] : sorted) {
    offsets_.push_back(offset);
    positions_.push_back(position);
  }
  offsets_.push_back(pack_.entries().size());
}

Forest::Parents Forest::find_parents(unsigned jobs) const {
  EntriesByPosition by_position(positions_);
  Parents parents(count(), no_parent);
  const auto find = [&](std::size_t begin, std::size_t end) {
    for (auto i = static_cast<std::uint32_t>(begin); i < end; ++i) {
      const auto header = parse_entry(bytes(i), offsets_[i], pack_.index().algorithm());
      if (!header) continue;  // the walk reports it when it comes to read the root
      if (header->type == EntryType::offset_delta) {
        parents[i] = entry_at(header->base_offset, i);
      } else if (header->type == EntryType::name_delta) {
        if (const auto position = pack_.index().find(header->base_name)) parents[i] = by_position.at(*position);
      }
    }
  };
  base::in_parts(count(), jobs, entries_worth_a_thread, find);
  return parents;
}

// The entry that starts at `offset`, which is before `child`. Git writes bases near their deltas,
// so the search widens backwards from there.
std::uint32_t Forest::entry_at(std::uint64_t offset, std::uint32_t child) const {
  std::uint32_t high = child;
  std::uint32_t step = 1;
  while (step <= high && offsets_[high - step] > offset) {
    high -= step;
    step *= 2;
  }
  const auto begin = offsets_.begin() + (step <= high ? high - step : 0);
  const auto found = std::lower_bound(begin, offsets_.begin() + high, offset);
  if (found == offsets_.begin() + high || *found != offset) return no_parent;
  return static_cast<std::uint32_t>(found - offsets_.begin());
}

void Forest::link_children(const Parents& parents) {
  first_child_.assign(std::size_t{count()} + 1, 0);
  for (const std::uint32_t parent : parents) {
    if (parent != no_parent) ++first_child_[parent + 1];
  }
  for (std::uint32_t i = 0; i < count(); ++i) first_child_[i + 1] += first_child_[i];
  children_.resize(first_child_.back());
  std::vector<std::uint32_t> next(first_child_.begin(), first_child_.end() - 1);
  for (std::uint32_t i = 0; i < count(); ++i) {
    if (parents[i] != no_parent) children_[next[parents[i]]++] = i;
  }
}

void Forest::weigh(const Parents& parents) {
  std::vector<std::uint32_t> order;  // parents before children
  order.reserve(count());
  for (std::uint32_t i = 0; i < count(); ++i) {
    if (parents[i] == no_parent) order.push_back(i);
  }
  const std::size_t root_count = order.size();
  std::vector<bool> reached(count(), false);
  for (std::size_t next = 0; next < order.size(); ++next) {
    reached[order[next]] = true;
    for (const std::uint32_t child : children(order[next])) order.push_back(child);
  }
  weights_.assign(count(), 0);
  for (std::size_t i = order.size(); i-- > 0;) {
    const std::uint32_t entry = order[i];
    weights_[entry] += is_wanted(entry) ? 1 : 0;
    if (parents[entry] != no_parent) weights_[parents[entry]] += weights_[entry];
  }
  for (std::size_t i = 0; i < root_count; ++i) {
    if (weights_[order[i]] != 0) roots_.push_back(order[i]);
  }
  for (std::uint32_t i = 0; i < count(); ++i) {
    if (!reached[i] && is_wanted(i)) unreachable_.push_back(i);
  }
  put_heavy_roots_first();
}

void Forest::restrict_to(std::vector<std::uint32_t> roots, std::vector<std::uint32_t> unreachable) {
  std::sort(roots.begin(), roots.end());
  roots_ = std::move(roots);
  unreachable_ = std::move(unreachable);
  put_heavy_roots_first();
}

// A thread that comes to a long chain or a large root last would leave the others with nothing to do.
void Forest::put_heavy_roots_first() {
  const auto work = [this](std::uint32_t root) { return weights_[root] + bytes(root).size() / bytes_of_entry; };
  const auto rest =
      std::stable_partition(roots_.begin(), roots_.end(), [&](std::uint32_t root) { return work(root) >= heavy; });
  std::stable_sort(roots_.begin(), rest, [&](std::uint32_t a, std::uint32_t b) { return work(a) > work(b); });
}

void Forest::put_heaviest_last() {
  for (std::uint32_t i = 0; i < count(); ++i) {
    const auto begin = children_.begin() + first_child_[i];
    const auto end = children_.begin() + first_child_[i + 1];
    if (end - begin < 2) continue;
    const auto heaviest = std::max_element(
        begin, end, [this](std::uint32_t a, std::uint32_t b) { return weights_[a] < weights_[b]; });
    std::iter_swap(heaviest, end - 1);
  }
}

}  // namespace sluice::pack
