#include "source/commit_table.h"

#include <algorithm>
#include <functional>
#include <queue>
#include <utility>

namespace sluice::source {

using git::AttributionRoot;
using git::Oid;

std::uint32_t CommitTable::Part::number_of(const Oid& id) {
  if (const auto number = numbers_.of(id)) return *number;
  absent_.push_back(id);
  return static_cast<std::uint32_t>(absent_.size() - 1) | absent_bit;
}

bool CommitTable::Part::add(const pack::WalkedObject& object, const git::Commit& commit,
                            const std::vector<Oid>& boundary) {
  Row row{};
  row.time = commit.committer.seconds;
  const auto number = numbers_.of(object);
  row.commit = number ? *number : number_of(object.id);
  row.tree = number_of(commit.tree);
  row.first_parent = static_cast<std::uint32_t>(parents_.size());
  if (!std::binary_search(boundary.begin(), boundary.end(), object.id)) {
    for (const Oid& parent : commit.parents) parents_.push_back(number_of(parent));
  }
  row.parent_count = static_cast<std::uint32_t>(parents_.size()) - row.first_parent;
  rows_.push_back(row);
  return (row.tree & absent_bit) == 0;
}

void CommitTable::add(Part part) {
  const auto absent_before = static_cast<std::uint32_t>(all_.absent_.size());
  const auto parents_before = static_cast<std::uint32_t>(all_.parents_.size());
  const auto moved = [absent_before](std::uint32_t number) {
    return (number & absent_bit) != 0 ? number + absent_before : number;
  };
  row_of_.resize(numbers_.limit(), none);
  for (const std::uint32_t parent : part.parents_) all_.parents_.push_back(moved(parent));
  for (Part::Row row : part.rows_) {
    row.tree = moved(row.tree);
    row.first_parent += parents_before;
    row_of_[row.commit] = static_cast<std::uint32_t>(all_.rows_.size());
    all_.rows_.push_back(row);
  }
  all_.absent_.insert(all_.absent_.end(), part.absent_.begin(), part.absent_.end());
}

std::optional<std::uint32_t> CommitTable::row_of(const Oid& id) const {
  const auto number = numbers_.of(id);
  if (!number || row_of_.empty() || row_of_[*number] == none) return std::nullopt;
  return row_of_[*number];
}

// What git::commits does before it orders anything: ties between equal times are told apart by it.
std::optional<std::vector<std::uint32_t>> CommitTable::newest_first(const std::vector<Oid>& tips) const {
  std::vector<std::uint32_t> rows;  // in the order in which they were met
  std::vector<bool> met(all_.rows_.size(), false);
  std::priority_queue<std::pair<std::int64_t, std::uint32_t>> queue;  // of places in rows
  const auto meet = [&](std::uint32_t row) {
    if (met[row]) return;
    met[row] = true;
    queue.emplace(all_.rows_[row].time, static_cast<std::uint32_t>(rows.size()));
    rows.push_back(row);
  };
  for (const Oid& tip : tips) {
    const auto row = row_of(tip);
    if (!row) return std::nullopt;
    meet(*row);
  }
  std::vector<std::uint32_t> order;
  while (!queue.empty()) {
    const Part::Row& row = all_.rows_[order.emplace_back(rows[queue.top().second])];
    queue.pop();
    for (std::uint32_t i = 0; i < row.parent_count; ++i) {
      const std::uint32_t parent = all_.parents_[row.first_parent + i];
      if ((parent & absent_bit) != 0 || row_of_[parent] == none) return std::nullopt;
      meet(row_of_[parent]);
    }
  }
  return order;
}

// Kahn's algorithm; the heap holds the commits whose parents are all listed, oldest on top.
std::vector<std::uint32_t> CommitTable::parents_first(const std::vector<std::uint32_t>& wanted) const {
  const std::size_t count = wanted.size();
  std::vector<std::uint32_t> place(all_.rows_.size(), none);
  for (std::uint32_t i = 0; i < count; ++i) place[wanted[i]] = i;
  const auto each_parent = [&](std::uint32_t i, const auto& take) {
    const Part::Row& row = all_.rows_[wanted[i]];
    for (std::uint32_t k = 0; k < row.parent_count; ++k)
      take(place[row_of_[all_.parents_[row.first_parent + k]]]);
  };
  std::vector<std::uint32_t> first_child(count + 2, 0);
  std::vector<std::uint32_t> waiting(count, 0);
  for (std::uint32_t i = 0; i < count; ++i) {
    waiting[i] = all_.rows_[wanted[i]].parent_count;
    each_parent(i, [&](std::uint32_t parent) { ++first_child[parent + 2]; });
  }
  for (std::size_t i = 2; i < first_child.size(); ++i) first_child[i] += first_child[i - 1];
  std::vector<std::uint32_t> children(first_child.back());
  for (std::uint32_t i = 0; i < count; ++i)
    each_parent(i, [&](std::uint32_t parent) { children[first_child[parent + 1]++] = i; });
  using Ready = std::pair<std::int64_t, std::uint32_t>;
  std::priority_queue<Ready, std::vector<Ready>, std::greater<>> ready;
  for (std::uint32_t i = 0; i < count; ++i)
    if (waiting[i] == 0) ready.emplace(all_.rows_[wanted[i]].time, i);
  std::vector<std::uint32_t> order;
  order.reserve(count);
  while (!ready.empty()) {
    const std::uint32_t i = ready.top().second;
    ready.pop();
    order.push_back(wanted[i]);
    for (std::uint32_t at = first_child[i]; at < first_child[i + 1]; ++at) {
      const std::uint32_t child = children[at];
      if (--waiting[child] == 0) ready.emplace(all_.rows_[wanted[child]].time, child);
    }
  }
  return order;
}

Oid CommitTable::id_of(std::uint32_t number) const {
  return (number & absent_bit) != 0 ? all_.absent_[number & ~absent_bit] : Oid(numbers_.id(number));
}

std::int64_t CommitTable::newest() const {
  std::int64_t newest = 0;
  for (const Part::Row& row : all_.rows_) newest = std::max(newest, row.time);
  return newest;
}

AttributionRoot CommitTable::root_of(std::uint32_t row) const {
  return {id_of(all_.rows_[row].tree), id_of(all_.rows_[row].commit)};
}

std::optional<CommitTable::Roots> CommitTable::roots(const std::vector<Oid>& tips) const {
  const auto reachable = newest_first(tips);
  if (!reachable) return std::nullopt;
  Roots roots;
  roots.all.reserve(all_.rows_.size());
  std::vector<bool> listed(all_.rows_.size(), false);
  for (const std::uint32_t row : parents_first(*reachable)) {
    listed[row] = true;
    roots.all.push_back(root_of(row));
  }
  roots.reached = roots.all.size();
  for (std::uint32_t row = 0; row < listed.size(); ++row)
    if (!listed[row]) roots.all.push_back(root_of(row));
  std::sort(roots.all.begin() + static_cast<std::ptrdiff_t>(roots.reached), roots.all.end(),
            [](const AttributionRoot& a, const AttributionRoot& b) { return a.commit < b.commit; });
  return roots;
}

}  // namespace sluice::source
