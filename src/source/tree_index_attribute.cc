#include <algorithm>
#include <atomic>
#include <iterator>
#include <memory>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/parallel.h"
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
constexpr std::size_t trees_worth_a_thread = 10'000;
constexpr std::size_t roots_worth_a_thread = 2'000;

constexpr std::uint32_t nowhere = 0xffffffff;

std::uint64_t pair_key(std::uint32_t high, std::uint32_t low) { return std::uint64_t{high} << 32 | low; }

}  // namespace

// Which folders hold a target, at any depth.
class TreeIndex::Leading {
 public:
  Leading(const TreeIndex& index, unsigned jobs) : index_(index), known_(index.places_.size()) {
    base::in_parts(known_.size(), jobs, trees_worth_a_thread,
                   [this](std::size_t begin, std::size_t end) { find(begin, end); });
  }

  bool leads(Lead lead) const { return (lead.object & target_bit) != 0 || known_[lead.object] == Answer::yes; }

 private:
  enum class Answer : std::uint8_t { unknown, no, yes };

  // What another thread knows by now is not asked again; what two come to at once both find out.
  void find(std::size_t begin, std::size_t end) {
    std::vector<bool> met(known_.size());
    const auto is_new = [&](std::uint32_t folder) {
      if (met[folder] || known_[folder] != Answer::unknown) return false;
      met[folder] = true;
      return true;
    };
    for (auto tree = static_cast<std::uint32_t>(begin); tree < end; ++tree) {
      if (index_.places_[tree].count == 0) continue;
      index_.inside_out(tree, is_new, [this](std::uint32_t folder) {
        const std::span<const Lead> below = index_.leads_of(folder);
        const bool is_leading = std::any_of(below.begin(), below.end(), [this](Lead lead) { return leads(lead); });
        known_[folder] = is_leading ? Answer::yes : Answer::no;
      });
    }
  }

  const TreeIndex& index_;
  std::vector<std::atomic<Answer>> known_;  // by object number
};

// The names that all readers met, each with one number.
class TreeIndex::Names {
 public:
  explicit Names(const TreeIndex& index) {
    std::unordered_map<std::string_view, std::uint32_t> known;
    for (const auto& reader : index.readers_) {
      std::vector<std::uint32_t>& numbers = numbers_.emplace_back();
      for (const std::string& name : reader->names_) {
        const auto [at, is_new] = known.emplace(name, static_cast<std::uint32_t>(texts_.size()));
        if (is_new) texts_.push_back(name);
        numbers.push_back(at->second);
      }
    }
  }

  std::uint32_t number(std::uint32_t reader, std::uint32_t name) const { return numbers_[reader][name]; }
  std::string_view text(std::uint32_t number) const { return texts_[number]; }

 private:
  std::vector<std::vector<std::uint32_t>> numbers_;  // by reader, then by its number of a name
  std::vector<std::string_view> texts_;
};

// Follows the leads of one root after the other, each folder at each path once.
class TreeIndex::Follower {
 public:
  Follower(const TreeIndex& index, const Leading& leading, const Names& names, std::size_t limit)
      : index_(index), leading_(leading), names_(names), limit_(limit), seen_paths_(index.targets_.size()),
        paths_{{0, {}, 0}}, first_path_(index.places_.size(), nowhere) {}

  // Until one cannot be followed, which is a problem of the result.
  void follow(std::span<const AttributionRoot> roots) {
    for (const AttributionRoot& root : roots) {
      const auto tree = index_.numbers_.of(root.tree);
      if (!tree) continue;  // absent: the check of references says so
      if (const Status status = follow(*tree, root); !status) {
        result_.problems.push_back(status.error());
        break;
      }
    }
  }

  std::size_t visits() const { return visits_; }
  AttributionResult& result() { return result_; }

 private:
  Status follow(std::uint32_t tree, const AttributionRoot& root) {
    pending_.assign(1, {tree, 0});
    while (!pending_.empty()) {
      const auto [folder, path] = pending_.back();
      pending_.pop_back();
      const Place place = index_.places_[folder];
      if (place.count == 0 || !is_new(folder, path)) continue;
      if (visits_ == limit_) {
        return fail(ErrorKind::limit_exceeded, "too many paths lead to the blobs that are looked for",
                    root.commit.hex());
      }
      ++visits_;
      const Reader& reader = *index_.readers_[place.reader];
      for (std::uint32_t i = place.count; i-- > 0;) {
        const Lead lead = reader.leads_[place.begin + i];
        if (!leading_.leads(lead)) continue;
        SLUICE_TRY_ASSIGN(const std::uint32_t below, path_to(path, names_.number(place.reader, lead.name)));
        if ((lead.object & target_bit) != 0) {
          note(lead.object & ~target_bit, below, root);
        } else {
          pending_.emplace_back(lead.object, below);
        }
      }
    }
    return {};
  }

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
      paths_.push_back({folder, names_.text(name), depth});
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

  void note(std::uint32_t target, std::uint32_t path, const AttributionRoot& root) {
    if (!seen_paths_[target].insert(path).second) return;
    const auto [blob, is_first] = result_.blobs.try_emplace(index_.targets_[target]);
    Attribution& attribution = blob->second;
    if (is_first) {
      attribution.commit = root.commit;
    }
    attribution.paths.push_back(text_of(path));
  }

  const TreeIndex& index_;
  const Leading& leading_;
  const Names& names_;
  const std::size_t limit_;
  std::size_t visits_ = 0;
  AttributionResult result_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pending_;  // folders and their paths
  std::vector<std::unordered_set<std::uint32_t>> seen_paths_;  // by target
  std::vector<Path> paths_;
  std::unordered_map<std::uint64_t, std::uint32_t> path_of_;  // folder and name
  std::vector<std::uint32_t> first_path_;                     // by folder's number
  std::unordered_set<std::uint64_t> at_more_paths_;           // folder and path
};

namespace {

// What later roots lead to, behind what earlier ones did.
void append(AttributionResult& all, AttributionResult later) {
  for (auto& [blob, found] : later.blobs) {
    const auto [known, is_new] = all.blobs.try_emplace(blob);
    if (is_new) {
      known->second = std::move(found);
      continue;
    }
    std::vector<std::string>& paths = known->second.paths;
    const std::unordered_set<std::string> before(paths.begin(), paths.end());
    for (std::string& path : found.paths) {
      if (!before.contains(path)) paths.push_back(std::move(path));
    }
  }
  std::move(later.problems.begin(), later.problems.end(), std::back_inserter(all.problems));
}

}  // namespace

AttributionResult TreeIndex::attribute(const std::vector<AttributionRoot>& roots, unsigned jobs) const {
  if (targets_.empty()) return {};
  const Leading leading(*this, jobs);
  const Names names(*this);
  const std::size_t limit = roots.size() * visits_per_root + visits_for_free;
  const auto follow = [&](std::size_t parts) {
    std::vector<std::unique_ptr<Follower>> followers(parts);
    base::for_each_in_parallel(parts, [&](std::size_t i) {
      const std::size_t begin = roots.size() * i / parts;
      followers[i] = std::make_unique<Follower>(*this, leading, names, limit);
      followers[i]->follow(std::span(roots).subspan(begin, roots.size() * (i + 1) / parts - begin));
    }, jobs);
    return followers;
  };
  const auto visits = [](std::size_t sum, const auto& follower) { return sum + follower->visits(); };
  auto followers = follow(std::clamp<std::size_t>(roots.size() / roots_worth_a_thread, 1, std::max(jobs, 1U)));
  // Each counts by itself: only who follows all knows when the limit bites.
  if (std::accumulate(followers.begin(), followers.end(), std::size_t{0}, visits) > limit) followers = follow(1);
  AttributionResult all;
  for (const auto& follower : followers) {
    append(all, std::move(follower->result()));
    if (!all.problems.empty()) break;
  }
  return all;
}

}  // namespace sluice::source
