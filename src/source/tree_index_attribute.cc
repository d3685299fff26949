#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "source/tree_index.h"

namespace sluice::source {

using git::Attribution;
using git::AttributionResult;
using git::AttributionRoot;

namespace {

constexpr std::size_t deepest_folder = 4096;
// Trees that hold each other many times over have more paths than anyone can list.
constexpr std::size_t visits_per_root = 64;
constexpr std::size_t visits_for_free = 200'000;

constexpr std::uint32_t nowhere = 0xffffffff;

std::uint64_t pair_key(std::uint32_t high, std::uint32_t low) { return std::uint64_t{high} << 32 | low; }

}  // namespace

// Which folders hold a target, at any depth.
class TreeIndex::Leading {
 public:
  explicit Leading(const TreeIndex& index) : is_leading_(index.places_.size()) {
    std::vector<bool> met(index.places_.size());
    for (std::uint32_t tree = 0; tree < index.places_.size(); ++tree) {
      if (index.places_[tree].count == 0) continue;
      index.inside_out(tree, met, [&](std::uint32_t folder) {
        const std::span<const Lead> below = index.leads_of(folder);
        is_leading_[folder] = std::any_of(below.begin(), below.end(), [this](Lead lead) { return leads(lead); });
      });
    }
  }

  bool leads(Lead lead) const { return (lead.object & target_bit) != 0 || is_leading_[lead.object]; }

 private:
  std::vector<bool> is_leading_;  // by object number
};

// Follows the leads of one root after the other, each folder at each path once.
class TreeIndex::Follower {
 public:
  Follower(const TreeIndex& index, std::size_t limit)
      : index_(index), leading_(index), left_(limit), seen_paths_(index.targets_.size()), paths_{{0, {}, 0}},
        first_path_(index.places_.size(), nowhere) {
    std::unordered_map<std::string_view, std::uint32_t> global;
    for (const auto& reader : index.readers_) {
      std::vector<std::uint32_t>& names = names_.emplace_back();
      for (const std::string& name : reader->names_) {
        const auto next = static_cast<std::uint32_t>(texts_.size());
        const auto [at, fresh] = global.emplace(name, next);
        if (fresh) texts_.push_back(name);
        names.push_back(at->second);
      }
    }
  }

  Status follow(std::uint32_t tree, const AttributionRoot& root, AttributionResult& result) {
    pending_.assign(1, {tree, 0});
    while (!pending_.empty()) {
      const auto [folder, path] = pending_.back();
      pending_.pop_back();
      const Place place = index_.places_[folder];
      if (place.count == 0 || !is_new(folder, path)) continue;
      if (left_ == 0) {
        return fail(ErrorKind::limit_exceeded, "too many paths lead to the blobs that are looked for",
                    root.commit.hex());
      }
      --left_;
      const Reader& reader = *index_.readers_[place.reader];
      for (std::uint32_t i = place.count; i-- > 0;) {
        const Lead lead = reader.leads_[place.begin + i];
        if (!leading_.leads(lead)) continue;
        SLUICE_TRY_ASSIGN(const std::uint32_t below, path_to(path, names_[place.reader][lead.name]));
        if ((lead.object & target_bit) != 0) {
          note(lead.object & ~target_bit, below, root, result);
        } else {
          pending_.emplace_back(lead.object, below);
        }
      }
    }
    return {};
  }

 private:
  // Most folders are at one path only.
  bool is_new(std::uint32_t folder, std::uint32_t path) {
    std::uint32_t& first = first_path_[folder];
    if (first == path) return false;
    if (first != nowhere) return at_more_paths_.insert(pair_key(folder, path)).second;
    first = path;
    return true;
  }

  struct Path {
    std::uint32_t folder;
    std::string_view name;
    std::uint32_t depth;
  };

  Result<std::uint32_t> path_to(std::uint32_t folder, std::uint32_t name) {
    const auto next = static_cast<std::uint32_t>(paths_.size());
    const auto [at, fresh] = path_of_.emplace(pair_key(folder, name), next);
    if (fresh) {
      const std::uint32_t depth = paths_[folder].depth + 1;
      if (depth > deepest_folder) return fail(ErrorKind::limit_exceeded, "folders are nested too deeply");
      paths_.push_back({folder, texts_[name], depth});
    }
    return at->second;
  }

  std::string text_of(std::uint32_t path) const {
    std::vector<std::string_view> names;
    for (; path != 0; path = paths_[path].folder) names.push_back(paths_[path].name);
    std::string text;
    for (auto name = names.rbegin(); name != names.rend(); ++name) {
      if (!text.empty()) text += '/';
      text += *name;
    }
    return text;
  }

  void note(std::uint32_t target, std::uint32_t path, const AttributionRoot& root,
            AttributionResult& result) {
    if (!seen_paths_[target].insert(path).second) return;
    const auto [blob, is_first] = result.blobs.try_emplace(index_.targets_[target]);
    Attribution& attribution = blob->second;
    if (is_first) {
      attribution.commit = root.commit;
    }
    attribution.paths.push_back(text_of(path));
  }

  const TreeIndex& index_;
  const Leading leading_;
  std::size_t left_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pending_;  // folders and their paths
  std::vector<std::unordered_set<std::uint32_t>> seen_paths_;  // by target
  std::vector<std::vector<std::uint32_t>> names_;              // by reader, then by its number of a name
  std::vector<std::string_view> texts_;
  std::vector<Path> paths_;
  std::unordered_map<std::uint64_t, std::uint32_t> path_of_;  // folder and name
  std::vector<std::uint32_t> first_path_;                     // by folder's number
  std::unordered_set<std::uint64_t> at_more_paths_;           // folder and path
};

Result<AttributionResult> TreeIndex::attribute(const std::vector<AttributionRoot>& roots) const {
  AttributionResult result;
  if (targets_.empty()) return result;
  Follower follower(*this, roots.size() * visits_per_root + visits_for_free);
  for (const AttributionRoot& root : roots) {
    const auto tree = numbers_.of(root.tree);
    if (!tree) continue;  // absent: the check of references says so
    if (const Status status = follower.follow(*tree, root, result); !status) {
      result.problems.push_back(status.error());
      break;
    }
  }
  return result;
}

}  // namespace sluice::source
