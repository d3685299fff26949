#include "source/tips.h"

#include <algorithm>
#include <utility>

#include "git/object.h"
#include "git/refs.h"

namespace sluice::source {

Result<Tips> find_tips(const git::Repository& repository) {
  SLUICE_TRY_ASSIGN(git::RefList refs, git::all_refs(repository));
  SLUICE_TRY_ASSIGN(git::Reflogs logs, git::all_reflogs(repository));
  Tips tips;
  tips.problems = std::move(refs.problems);
  for (Error& error : logs.problems) tips.problems.push_back(std::move(error));
  for (const git::Ref& ref : refs.refs) tips.ids.push_back(ref.target);
  for (const git::ReflogEntry& entry : logs.entries) {
    // A log outlives what it names when gc has pruned it; that is no damage.
    if (git::has_object(repository, entry.id)) tips.ids.push_back(entry.id);
  }
  tips.refs = std::move(refs.refs);
  std::sort(tips.ids.begin(), tips.ids.end());
  tips.ids.erase(std::unique(tips.ids.begin(), tips.ids.end()), tips.ids.end());
  return tips;
}

}  // namespace sluice::source
