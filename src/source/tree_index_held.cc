#include <algorithm>
#include <span>
#include <unordered_map>
#include <vector>

#include "source/tree_index.h"

namespace sluice::source {
namespace {

// Folders that share everything with each other have more holders than anyone can list.
constexpr std::size_t most_copies = 200'000'000;

}  // namespace

Result<std::vector<std::vector<git::Oid>>> TreeIndex::held(const std::vector<git::Oid>& trees) const {
  using Targets = std::vector<std::uint32_t>;
  std::unordered_map<std::uint32_t, Targets> held_by;  // folders
  std::vector<bool> met(places_.size());
  const auto is_new = [&](std::uint32_t folder) {
    if (met[folder]) return false;
    met[folder] = true;
    return true;
  };
  std::size_t copies = 0;
  const auto add_held = [&](std::uint32_t folder) {
    Targets targets;
    for (const Lead lead : leads_of(folder)) {
      if (copies > most_copies) break;
      if ((lead.object & target_bit) != 0) {
        targets.push_back(lead.object & ~target_bit);
      } else if (const auto below = held_by.find(lead.object); below != held_by.end()) {
        targets.insert(targets.end(), below->second.begin(), below->second.end());
        copies += below->second.size();
      }
    }
    std::sort(targets.begin(), targets.end());
    targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
    if (!targets.empty()) held_by.emplace(folder, std::move(targets));
  };
  std::vector<std::vector<git::Oid>> all;
  for (const git::Oid& tree : trees) {
    std::vector<git::Oid>& held = all.emplace_back();
    const auto number = numbers_.of(tree);
    if (!number) continue;  // absent: the check of references says so
    inside_out(*number, is_new, add_held);
    if (copies > most_copies)
      return fail(ErrorKind::limit_exceeded, "too many folders hold the blobs that are looked for");
    if (const auto found = held_by.find(*number); found != held_by.end())
      for (const std::uint32_t target : found->second) held.push_back(targets_[target]);
  }
  return all;
}

}  // namespace sluice::source
