#include "source/presence.h"

#include <array>
#include <string_view>
#include <utility>

#include "git/held_blobs.h"

namespace sluice::source {
namespace {

using git::Oid;

constexpr std::array<std::string_view, 3> checked_out_below = {"refs/heads/", "refs/remotes/", "refs/tags/"};

}  // namespace

std::vector<git::Ref> checked_out(const std::vector<git::Ref>& refs) {
  std::vector<git::Ref> found;
  for (const std::string_view prefix : checked_out_below) {
    for (const git::Ref& ref : refs)
      if (ref.symbolic.empty() && ref.name.starts_with(prefix)) found.push_back(ref);
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
  std::vector<git::BlobPlaces> places;
  for (const auto& [id, attribution] : blobs) places.push_back({id, attribution.paths});
  std::vector<Oid> trees;
  for (const Tip& tip : tips)
    if (!tip.tree.is_zero()) trees.push_back(tip.tree);
  const auto numbers = git::held_blobs(repository, places, trees);
  std::vector<std::vector<Oid>> held(tips.size());
  auto next = numbers.begin();
  for (std::size_t i = 0; i < tips.size(); ++i) {
    if (tips[i].tree.is_zero()) continue;
    for (const std::uint32_t number : *next++) held[i].push_back(places[number].blob);
  }
  return presence_of(blobs, tips, held);
}

}  // namespace sluice::source
