#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "finding/presence.h"
#include "git/attribution.h"
#include "git/refs.h"
#include "git/repository.h"

namespace sluice::source {

/// 0 for branches, 1 for remote branches, 2 for tags: what people check out, in the order in which reports name
/// them. Nothing for other refs, such as a server keeps for itself (of requests to merge, notes).
std::optional<unsigned> checked_out_group(std::string_view name);

/// Of all refs those of a group, one group after the other. Other names of a ref are left out.
std::vector<git::Ref> checked_out(const std::vector<git::Ref>& refs);

/// A ref and the tree at its tip; zero when there is none that can be read, of which the scan tells.
struct Tip {
  git::Ref ref;
  git::Oid tree;
};

/// The tree that `tip`, a commit, tag or tree, leads to; zero when there is none.
git::Oid tree_at(const git::Repository& repository, const git::Oid& tip);

/// `commits` gives the trees of commits that were met; others are read.
std::vector<Tip> tips_of(const git::Repository& repository, std::vector<git::Ref> refs,
                         const std::vector<git::AttributionRoot>& commits);

/// Blobs in which something was found, and what is known of them.
using FoundBlobs = std::unordered_map<git::Oid, git::Attribution>;

/// `held`: the blobs that each tip's tree holds.
Presence presence_of(const FoundBlobs& blobs, const std::vector<Tip>& tips,
                     const std::vector<std::vector<git::Oid>>& held);

/// The same, found by reading the folders on the blobs' paths.
Presence find_presence(const git::Repository& repository, const FoundBlobs& blobs,
                       const std::vector<Tip>& tips);

}  // namespace sluice::source
