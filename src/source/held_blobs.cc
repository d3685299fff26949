#include "source/held_blobs.h"

#include "git/files_at.h"
#include "source/presence.h"

namespace sluice::source {

using git::Oid;

std::uint32_t HeldBlobs::add(const Oid& id, const std::vector<std::string_view>& paths) {
  if (number_of_path_.size() != paths_.size()) {
    for (std::uint32_t number = 0; number < paths_.size(); ++number) number_of_path_.emplace(paths_[number], number);
  }
  ids_.push_back(id);
  for (const std::string_view path : paths) {
    const auto next = static_cast<std::uint32_t>(paths_.size());
    const auto [at, fresh] = number_of_path_.emplace(path, next);
    if (fresh) paths_.emplace_back(path);
    places_.push_back(at->second);
  }
  ends_.push_back(static_cast<std::uint32_t>(places_.size()));
  return static_cast<std::uint32_t>(ids_.size() - 1);
}

void HeldBlobs::add_numbered(const Oid& id, const Numbers& paths) {
  ids_.push_back(id);
  places_.insert(places_.end(), paths.begin(), paths.end());
  ends_.push_back(static_cast<std::uint32_t>(places_.size()));
}

void HeldBlobs::reserve(std::size_t blobs) {
  ids_.reserve(blobs);
  places_.reserve(blobs + blobs / 4);
  ends_.reserve(blobs);
}

HeldBlobs HeldBlobs::of(const Presence& presence) {
  HeldBlobs held;
  for (const Presence::Ref& ref : presence.refs)
    held.refs_.push_back({{ref.name, Oid::from_hex(ref.target).value_or(Oid())}, {}});
  for (const auto& [hex, blob] : presence.blobs) {
    const auto id = Oid::from_hex(hex);
    if (!id) continue;
    const std::uint32_t number = held.add(*id, {blob.paths.begin(), blob.paths.end()});
    for (const std::uint32_t ref : blob.refs) held.refs_[ref].blobs.push_back(number);
  }
  return held;
}

void HeldBlobs::follow(const git::Repository& repository, std::vector<NamedTip> tips) {
  std::unordered_map<std::string, Ref> before;
  before.reserve(refs_.size());
  for (Ref& ref : refs_) {
    std::string name = ref.tip.name;
    before.emplace(std::move(name), std::move(ref));
  }
  refs_.clear();
  Numbers moved;
  for (NamedTip& tip : tips) {
    const auto known = before.find(tip.name);
    const bool has_stayed = known != before.end() && known->second.tip.target == tip.target;
    if (!has_stayed) moved.push_back(static_cast<std::uint32_t>(refs_.size()));
    refs_.push_back(has_stayed ? std::move(known->second) : Ref{std::move(tip), {}});
  }
  look_at(repository, moved);
}

void HeldBlobs::look_at(const git::Repository& repository, const Numbers& moved) {
  if (moved.empty() || ids_.empty()) return;
  std::vector<Oid> trees;
  for (const std::uint32_t ref : moved) trees.push_back(tree_at(repository, refs_[ref].tip.target));
  const auto files = git::files_at(repository, {paths_.begin(), paths_.end()}, trees);
  std::vector<Oid> at_path;
  for (std::size_t i = 0; i < moved.size(); ++i) {
    at_path.assign(paths_.size(), Oid());
    for (const auto& [path, id] : files[i]) at_path[path] = id;
    for (std::uint32_t blob = 0; blob < ids_.size(); ++blob) {
      for (const std::uint32_t path : paths_of(blob)) {
        if (at_path[path] != ids_[blob]) continue;
        refs_[moved[i]].blobs.push_back(blob);
        break;
      }
    }
  }
}

Presence HeldBlobs::presence_of(const Numbers& blobs) const {
  Presence presence;
  std::vector<Presence::Blob*> wanted(ids_.size(), nullptr);
  for (const std::uint32_t blob : blobs) {
    Presence::Blob& one = presence.blobs[ids_[blob].hex()];
    wanted[blob] = &one;
    one.paths.clear();
    for (const std::uint32_t path : paths_of(blob)) one.paths.push_back(paths_[path]);
  }
  for (const Ref& ref : refs_) {
    const auto number = static_cast<std::uint32_t>(presence.refs.size());
    presence.refs.push_back({ref.tip.name, ref.tip.target.hex()});
    for (const std::uint32_t blob : ref.blobs)
      if (wanted[blob] != nullptr) wanted[blob]->refs.push_back(number);
  }
  return presence;
}

}  // namespace sluice::source
