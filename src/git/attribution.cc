#include "git/attribution.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "base/parallel.h"
#include "git/commit.h"
#include "git/commit_graph.h"
#include "git/object.h"
#include "git/repository.h"
#include "git/tree.h"

namespace sluice::git {
namespace {

constexpr std::size_t deepest_folder = 4096;
// Trees that hold each other many times over have more paths than anyone can list.
constexpr std::size_t visits_per_root = 64;
constexpr std::size_t visits_for_free = 200000;
constexpr std::size_t commits_worth_a_thread = 100;

// What of a tree leads to a target: the targets in it, and the folders that lead to one.
struct Lead {
  std::string name;
  std::size_t number;  // of a target or of a trail
  bool is_target;
};
using Trail = std::vector<Lead>;

// The trails of all trees seen so far; each tree is read once.
class TrailMap {
 public:
  TrailMap(const Repository& repository, const std::vector<Oid>& targets)
      : repository_(repository) {
    for (std::size_t i = 0; i < targets.size(); ++i) targets_.emplace(targets[i], i);
  }

  // The number of the trail of `tree`, after reading what is not known of it yet.
  Result<std::size_t> find(const Oid& tree) {
    if (!trail_of_.contains(tree)) {
      open(tree);
      while (!frames_.empty()) SLUICE_TRY(step());
    }
    return trail_of_.at(tree);
  }

  const Trail& operator[](std::size_t number) const { return trails_[number]; }
  std::vector<Error> take_problems() { return std::move(problems_); }

 private:
  struct Frame {
    Oid tree;
    std::vector<Object> object;  // one, which the entries' names are views of; none if unreadable
    std::vector<TreeEntry> entries;
    std::size_t next = 0;
    Trail trail;
  };

  void open(const Oid& tree) {
    Frame frame;
    frame.tree = tree;
    auto object = read_object(repository_, tree, ObjectKind::tree);
    auto entries = object ? parse_tree(object->bytes()) : Result<std::vector<TreeEntry>>();
    if (!object || !entries) {
      Error problem = object ? entries.error() : object.error();
      problem.where = tree.hex();
      problems_.push_back(std::move(problem));
    } else {
      frame.object.push_back(std::move(*object));
      frame.entries = std::move(*entries);
    }
    frames_.push_back(std::move(frame));
  }

  // One entry of the innermost open tree, or its end.
  Status step() {
    Frame& frame = frames_.back();
    if (frame.next == frame.entries.size()) {
      trails_.push_back(std::move(frame.trail));
      trail_of_.emplace(frame.tree, trails_.size() - 1);
      frames_.pop_back();
      return {};
    }
    const TreeEntry& entry = frame.entries[frame.next];
    if (entry.kind() == FileKind::tree) {
      const auto known = trail_of_.find(entry.id);
      if (known == trail_of_.end()) return descend(entry.id);
      if (!trails_[known->second].empty())
        frame.trail.push_back({std::string(entry.name), known->second, false});
    } else if (entry.kind() != FileKind::submodule) {
      const auto target = targets_.find(entry.id);
      if (target != targets_.end())
        frame.trail.push_back({std::string(entry.name), target->second, true});
    }
    ++frame.next;
    return {};
  }

  Status descend(const Oid& tree) {
    if (frames_.size() >= deepest_folder)
      return fail(ErrorKind::limit_exceeded, "folders are nested too deeply", tree.hex());
    open(tree);
    return {};
  }

  const Repository& repository_;
  std::unordered_map<Oid, std::size_t> targets_;
  std::unordered_map<Oid, std::size_t> trail_of_;
  std::vector<Trail> trails_;
  std::vector<Frame> frames_;
  std::vector<Error> problems_;
};

// Follows the trails of one root after the other and notes what they lead to.
class Follower {
 public:
  Follower(const TrailMap& trails, const std::vector<Oid>& targets, std::size_t limit)
      : trails_(trails), targets_(targets), left_(limit), paths_(targets.size()) {}

  // False when the limit bit.
  bool follow(std::size_t trail, const AttributionRoot& root, AttributionResult& result) {
    std::vector<std::pair<std::size_t, std::string>> pending;
    pending.emplace_back(trail, std::string());
    while (!pending.empty()) {
      auto [number, prefix] = std::move(pending.back());
      pending.pop_back();
      if (trails_[number].empty() || !visited_[number].insert(prefix).second) continue;
      if (left_ == 0) return false;
      --left_;
      const Trail& leads = trails_[number];
      // Last first, so that the stack gives them back in the tree's order.
      for (auto lead = leads.rbegin(); lead != leads.rend(); ++lead)
        if (!lead->is_target) pending.emplace_back(lead->number, prefix + lead->name + "/");
      for (const Lead& lead : leads)
        if (lead.is_target) note(lead.number, prefix + lead.name, root, result);
    }
    return true;
  }

 private:
  void note(std::size_t target, std::string path, const AttributionRoot& root,
            AttributionResult& result) {
    const auto [blob, is_first] = result.blobs.try_emplace(targets_[target]);
    Attribution& attribution = blob->second;
    if (is_first) {
      attribution.commit = root.commit;
    }
    if (paths_[target].insert(path).second) attribution.paths.push_back(std::move(path));
  }

  const TrailMap& trails_;
  const std::vector<Oid>& targets_;
  std::size_t left_;
  std::unordered_map<std::size_t, std::unordered_set<std::string>> visited_;
  std::vector<std::unordered_set<std::string>> paths_;
};

}  // namespace

Result<Authorship> authorship_of(const Repository& repository, const Oid& commit) {
  if (commit.is_zero()) return Authorship{};
  SLUICE_TRY_ASSIGN(const Object object, read_object(repository, commit, ObjectKind::commit));
  const auto parsed = parse_commit(object.bytes());
  if (!parsed) return fail(ErrorKind::corrupt, parsed.error().what, commit.hex());
  const Signature& author = parsed->author;
  return Authorship{std::string(author.name) + " <" + std::string(author.email) + ">",
                    author.iso_date()};
}

Status name_authors(const Repository& repository, std::unordered_map<Oid, Attribution>& blobs, unsigned jobs) {
  std::unordered_map<Oid, Result<Authorship>> known;
  for (const auto& [blob, attribution] : blobs) known.try_emplace(attribution.commit);
  std::vector<std::pair<const Oid, Result<Authorship>>*> commits;
  for (auto& commit : known) commits.push_back(&commit);
  base::in_parts(commits.size(), jobs, commits_worth_a_thread, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) commits[i]->second = authorship_of(repository, commits[i]->first);
  });
  for (auto& [blob, attribution] : blobs) {
    SLUICE_TRY_ASSIGN(const Authorship of, known.at(attribution.commit));
    attribution.author = of.author;
    attribution.date = of.date;
  }
  return {};
}

Result<std::vector<AttributionRoot>> commit_roots(const Repository& repository,
                                                  const std::vector<Oid>& commits) {
  std::vector<AttributionRoot> roots;
  roots.reserve(commits.size());
  for (const Oid& id : commits) {
    SLUICE_TRY_ASSIGN(const Oid tree, tree_of_commit(repository, id));
    roots.push_back({tree, id});
  }
  return roots;
}

Result<AttributionResult> attribute(const Repository& repository, const std::vector<Oid>& targets,
                                    const std::vector<AttributionRoot>& roots) {
  AttributionResult result;
  if (targets.empty()) return result;
  TrailMap trails(repository, targets);
  Follower follower(trails, targets, roots.size() * visits_per_root + visits_for_free);
  for (const AttributionRoot& root : roots) {
    SLUICE_TRY_ASSIGN(const std::size_t trail, trails.find(root.tree));
    if (follower.follow(trail, root, result)) continue;
    result.problems.push_back(Error{ErrorKind::limit_exceeded,
                                    "too many paths lead to the blobs that are looked for",
                                    root.commit.hex(),
                                    {}});
    break;
  }
  for (Error& problem : trails.take_problems()) result.problems.push_back(std::move(problem));
  SLUICE_TRY(name_authors(repository, result.blobs));
  return result;
}

}  // namespace sluice::git
