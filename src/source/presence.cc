#include "source/presence.h"

#include <algorithm>
#include <array>
#include <utility>

#include "git/files_at.h"

namespace sluice::source {
namespace {

using git::Oid;

constexpr std::array<std::string_view, 3> checked_out_below = {"refs/heads/", "refs/remotes/", "refs/tags/"};

}  // namespace

std::optional<unsigned> checked_out_group(std::string_view name) {
  for (unsigned group = 0; group < checked_out_below.size(); ++group)
    if (name.starts_with(checked_out_below[group])) return group;
  return std::nullopt;
}

std::vector<git::Ref> checked_out(const std::vector<git::Ref>& refs) {
  std::vector<git::Ref> found;
  for (unsigned group = 0; group < checked_out_below.size(); ++group) {
    for (const git::Ref& ref : refs)
      if (ref.symbolic.empty() && checked_out_group(ref.name) == group) found.push_back(ref);
  }
  return found;
}

Oid tree_at(const git::Repository& repository, const Oid& tip) {
  const auto tree = git::peel_to_tree(repository, tip);
  return tree ? *tree : Oid();
}

std::vector<Tip> tips_of(const git::Repository& repository, std::vector<git::Ref> refs,
                         const std::vector<git::AttributionRoot>& commits) {
  std::unordered_map<Oid, Oid> tree_of;
  for (const git::Ref& ref : refs) tree_of.try_emplace(ref.peeled);
  for (const git::AttributionRoot& root : commits) {
    const auto wanted = tree_of.find(root.commit);
    if (wanted != tree_of.end()) wanted->second = root.tree;
  }
  for (auto& [tip, tree] : tree_of)
    if (tree.is_zero()) tree = tree_at(repository, tip);
  std::vector<Tip> tips;
  for (git::Ref& ref : refs) {
    const Oid tree = tree_of.at(ref.peeled);
    tips.push_back({std::move(ref), tree});
  }
  return tips;
}

Presence presence_of(const FoundBlobs& blobs, const std::vector<Tip>& tips,
                     const std::vector<std::vector<Oid>>& held) {
  Presence presence;
  for (const auto& [id, attribution] : blobs) presence.blobs[id.hex()].paths = attribution.paths;
  for (std::uint32_t number = 0; number < tips.size(); ++number) {
    presence.refs.push_back({tips[number].ref.name, tips[number].ref.target.hex()});
    for (const Oid& blob : held[number]) {
      const auto found = presence.blobs.find(blob.hex());
      if (found != presence.blobs.end()) found->second.refs.push_back(number);
    }
  }
  return presence;
}

Presence find_presence(const git::Repository& repository, const FoundBlobs& blobs,
                       const std::vector<Tip>& tips) {
  std::unordered_map<std::string_view, std::vector<Oid>> blobs_at;
  for (const auto& [id, attribution] : blobs)
    for (const std::string& path : attribution.paths) blobs_at[path].push_back(id);
  std::vector<std::string_view> paths;
  for (const auto& [path, ids] : blobs_at) paths.push_back(path);
  std::vector<Oid> trees;
  for (const Tip& tip : tips) trees.push_back(tip.tree);
  const auto files = git::files_at(repository, paths, trees);
  std::vector<std::vector<Oid>> held(tips.size());
  for (std::size_t i = 0; i < tips.size(); ++i) {
    for (const auto& [path, id] : files[i]) {
      const std::vector<Oid>& there = blobs_at[paths[path]];
      if (std::find(there.begin(), there.end(), id) != there.end()) held[i].push_back(id);
    }
    std::sort(held[i].begin(), held[i].end());
    held[i].erase(std::unique(held[i].begin(), held[i].end()), held[i].end());
  }
  return presence_of(blobs, tips, held);
}

}  // namespace sluice::source
