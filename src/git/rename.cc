// Renames, as diffcore calls them (gitdiffcore(7)): an added file and a deleted one of the same content, or
// of which at least half is the same.

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "git/diff.h"
#include "git/object.h"
#include "git/repository.h"
#include "git/tree.h"
#include "git/tree_walk.h"

namespace sluice::git {
namespace {

constexpr std::size_t most_files = 1000;        // git's diff.renameLimit
constexpr std::size_t largest_compared = std::size_t{64} << 20;
constexpr std::size_t longest_piece = 64;       // as in Git: lines, and no more than this of one
constexpr std::uint64_t least_score = 50;       // of a hundred

// How many bytes of each piece a text holds, by the piece's hash.
using Pieces = std::vector<std::pair<std::uint64_t, std::uint64_t>>;

struct Content {
  std::uint64_t size = 0;
  Pieces pieces;  // sorted
};

std::uint64_t hash_of(std::string_view piece) {
  std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a
  for (const char c : piece) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

Content content_of(std::string_view text) {
  Content content;
  content.size = text.size();
  while (!text.empty()) {
    const std::string_view window = text.substr(0, longest_piece);
    const std::size_t length = std::min(window.find('\n'), window.size() - 1) + 1;
    content.pieces.emplace_back(hash_of(text.substr(0, length)), length);
    text.remove_prefix(length);
  }
  std::sort(content.pieces.begin(), content.pieces.end());
  std::size_t last = 0;
  for (std::size_t i = 1; i < content.pieces.size(); ++i) {
    if (content.pieces[i].first == content.pieces[last].first) {
      content.pieces[last].second += content.pieces[i].second;
    } else {
      content.pieces[++last] = content.pieces[i];
    }
  }
  if (!content.pieces.empty()) content.pieces.resize(last + 1);
  return content;
}

// How much of the larger one is in both, in hundredths.
std::uint64_t similarity(const Content& a, const Content& b) {
  const std::uint64_t larger = std::max(a.size, b.size);
  if (larger == 0 || std::min(a.size, b.size) * 100 < larger * least_score) return 0;
  std::uint64_t common = 0;
  for (auto i = a.pieces.begin(), j = b.pieces.begin(); i != a.pieces.end() && j != b.pieces.end();) {
    if (i->first == j->first) common += std::min(i++->second, j++->second);
    else if (i->first < j->first) ++i;
    else ++j;
  }
  return common * 100 / larger;
}

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

class RenameFinder {
 public:
  RenameFinder(const Repository& repository, std::vector<Change>& changes)
      : repository_(repository), changes_(changes) {
    for (std::size_t i = 0; i < changes.size(); ++i) {
      const Change& change = changes[i];
      if (change.status == ChangeStatus::deleted && kind_of_mode(change.old_mode) != FileKind::submodule)
        sources_.insert(i);
      if (change.status == ChangeStatus::added && !change.submodule && !change.intent_to_add &&
          change.stage == 0)
        targets_.insert(i);
    }
  }

  void run() {
    if (sources_.empty() || targets_.empty()) return;
    match_exact();
    if (sources_.size() <= most_files && targets_.size() <= most_files) match_similar();
    drop_used_sources();
  }

 private:
  // Of several sources the one of the same name is taken, else the first.
  void match_exact() {
    std::unordered_multimap<Oid, std::size_t> by_id;
    for (const std::size_t source : sources_) by_id.emplace(changes_[source].old_id, source);
    for (const std::size_t target : std::vector<std::size_t>(targets_.begin(), targets_.end())) {
      std::optional<std::size_t> best;
      const auto [first, last] = by_id.equal_range(changes_[target].new_id);
      auto chosen = last;
      for (auto at = first; at != last; ++at) {
        if (!same_kind(at->second, target) || (best && !is_better(at->second, *best, target))) continue;
        best = at->second;
        chosen = at;
      }
      if (!best) continue;
      by_id.erase(chosen);
      join(*best, target);
    }
  }

  bool is_better(std::size_t source, std::size_t than, std::size_t target) const {
    const auto named_alike = [&](std::size_t which) {
      return base_name(changes_[which].old_path) == base_name(changes_[target].path);
    };
    if (named_alike(source) != named_alike(than)) return named_alike(source);
    return source < than;
  }

  bool same_kind(std::size_t source, std::size_t target) const {
    return kind_of_mode(changes_[source].old_mode) == kind_of_mode(changes_[target].new_mode);
  }

  struct Pair {
    std::uint64_t score;
    bool named_alike;
    std::size_t source;
    std::size_t target;
  };

  void match_similar() {
    std::map<std::size_t, Content> sources;
    for (const std::size_t source : sources_)
      if (kind_of_mode(changes_[source].old_mode) == FileKind::file)
        if (auto content = read(changes_[source].old_id)) sources.emplace(source, std::move(*content));
    std::vector<Pair> pairs;
    for (const std::size_t target : targets_) {
      if (sources.empty() || kind_of_mode(changes_[target].new_mode) != FileKind::file) continue;
      const auto content = read(changes_[target].new_id);
      if (!content) continue;
      for (const auto& [source, old_content] : sources) {
        const std::uint64_t score = similarity(old_content, *content);
        if (score < least_score) continue;
        const bool alike = base_name(changes_[source].old_path) == base_name(changes_[target].path);
        pairs.push_back({score, alike, source, target});
      }
    }
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
      return a.score != b.score ? a.score > b.score : a.named_alike && !b.named_alike;
    });
    for (const Pair& pair : pairs)
      if (sources_.contains(pair.source) && targets_.contains(pair.target)) join(pair.source, pair.target);
  }

  std::optional<Content> read(const Oid& id) const {
    const auto header = read_header(repository_, id);
    if (!header || header->size > largest_compared) return std::nullopt;
    const auto object = read_object(repository_, id);
    if (!object || object->kind() != ObjectKind::blob) return std::nullopt;
    return content_of(object->bytes());
  }

  void join(std::size_t source, std::size_t target) {
    Change& change = changes_[target];
    change.status = ChangeStatus::renamed;
    change.old_path = changes_[source].old_path;
    change.old_id = changes_[source].old_id;
    change.old_mode = changes_[source].old_mode;
    sources_.erase(source);
    targets_.erase(target);
    used_.insert(source);
  }

  void drop_used_sources() {
    std::vector<Change> rest;
    rest.reserve(changes_.size() - used_.size());
    for (std::size_t i = 0; i < changes_.size(); ++i)
      if (!used_.contains(i)) rest.push_back(std::move(changes_[i]));
    changes_ = std::move(rest);
  }

  const Repository& repository_;
  std::vector<Change>& changes_;
  std::set<std::size_t> sources_;
  std::set<std::size_t> targets_;
  std::set<std::size_t> used_;
};

}  // namespace

void find_renames(const Repository& repository, std::vector<Change>& changes) {
  RenameFinder(repository, changes).run();
}

Result<std::vector<Change>> tree_changes(const Repository& repository,
                                         const std::optional<Oid>& old_tree, const Oid& new_tree) {
  SLUICE_TRY_ASSIGN(std::vector<Change> changes,
                    tree_differences(repository, old_tree, new_tree, ""));
  std::sort(changes.begin(), changes.end(),
            [](const Change& a, const Change& b) { return a.path < b.path; });
  find_renames(repository, changes);
  return changes;
}

}  // namespace sluice::git
