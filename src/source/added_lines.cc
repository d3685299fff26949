#include "source/added_lines.h"

#include <algorithm>
#include <limits>

#include "git/object.h"

namespace sluice::source {
namespace {

using git::LineRange;
using git::Oid;
using Ranges = std::vector<LineRange>;

constexpr LineRange every_line{1, std::numeric_limits<std::size_t>::max()};

Ranges intersection(const Ranges& a, const Ranges& b) {
  Ranges both;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const LineRange common{std::max(a[i].first, b[j].first), std::min(a[i].last, b[j].last)};
    if (common.first <= common.last) both.push_back(common);
    (a[i].last < b[j].last ? i : j)++;
  }
  return both;
}

Ranges merged(Ranges ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](const LineRange& a, const LineRange& b) { return a.first < b.first; });
  Ranges out;
  for (const LineRange& range : ranges) {
    if (!out.empty() && range.first <= out.back().last) {
      out.back().last = std::max(out.back().last, range.last);
    } else {
      out.push_back(range);
    }
  }
  return out;
}

}  // namespace

Result<Ranges> AddedLines::of(std::string_view bytes, const std::vector<Place>& places) {
  Ranges all;
  for (const Place& place : places) {
    SLUICE_TRY_ASSIGN(const Ranges here, at_place(bytes, place));
    all.insert(all.end(), here.begin(), here.end());
  }
  return merged(std::move(all));
}

Result<Ranges> AddedLines::at_place(std::string_view bytes, const Place& place) {
  Ranges added = {every_line};
  for (std::size_t i = 0; i < place.before.size(); ++i) {
    Oid before = place.before[i];
    if (before.is_zero()) {
      SLUICE_TRY_ASSIGN(const Renames* known, renames(place.parent_trees[i], place.tree));
      const auto renamed = known->find(place.path);
      if (renamed == known->end()) continue;
      before = renamed->second;
    }
    SLUICE_TRY_ASSIGN(const git::Object old, git::read_object(repository_, before));
    added = intersection(added, git::added_lines(old.bytes(), bytes));
  }
  return added;
}

Result<const AddedLines::Renames*> AddedLines::renames(const Oid& parent_tree, const Oid& tree) {
  const auto [at, fresh] = renames_.try_emplace(parent_tree.hex() + tree.hex());
  if (fresh) {
    SLUICE_TRY_ASSIGN(const std::vector<git::Change> changes,
                      git::tree_changes(repository_, parent_tree, tree));
    for (const git::Change& change : changes) {
      if (change.status == git::ChangeStatus::renamed) at->second[change.path] = change.old_id;
    }
  }
  return &at->second;
}

}  // namespace sluice::source
