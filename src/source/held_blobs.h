#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "finding/presence.h"
#include "git/oid.h"
#include "git/repository.h"

namespace sluice::source {

/// A branch, remote branch or tag, and what it names.
struct NamedTip {
  std::string name;  ///< the full one
  git::Oid target;
};

/// Blobs in which something was found, numbered from 0 in the order in which they were added, and which refs'
/// tips hold them. In memory as small as in a file, for there may be thousands of each.
class HeldBlobs {
 public:
  using Numbers = std::vector<std::uint32_t>;

  struct Ref {
    NamedTip tip;
    Numbers blobs;  ///< ascending
  };

  /// Gives the blob its number.
  std::uint32_t add(const git::Oid& id, const std::vector<std::string_view>& paths);

  /// The same from what was written down: first each path, then each blob with the numbers of its paths.
  void add_path(std::string path) { paths_.push_back(std::move(path)); }
  void add_numbered(const git::Oid& id, const Numbers& paths);
  void reserve(std::size_t blobs);

  /// Those of `presence`.
  static HeldBlobs of(const Presence& presence);

  const std::vector<git::Oid>& ids() const { return ids_; }

  /// All paths that any of them ever had, by number.
  const std::vector<std::string>& paths() const { return paths_; }

  /// Numbers of the paths that a blob ever had.
  std::span<const std::uint32_t> paths_of(std::uint32_t blob) const {
    const std::size_t begin = blob == 0 ? 0 : ends_[blob - 1];
    return std::span(places_).subspan(begin, ends_[blob] - begin);
  }

  std::vector<Ref>& refs() { return refs_; }
  const std::vector<Ref>& refs() const { return refs_; }

  /// Makes the refs be `tips`. Only those are looked at that have moved or come; the blobs of others stay.
  void follow(const git::Repository& repository, std::vector<NamedTip> tips);

  /// What is known of `blobs` alone.
  Presence presence_of(const Numbers& blobs) const;

 private:
  void look_at(const git::Repository& repository, const Numbers& moved);

  std::vector<git::Oid> ids_;
  std::vector<std::string> paths_;
  std::unordered_map<std::string, std::uint32_t> number_of_path_;  // filled by the first add
  Numbers places_;  // blob by blob the numbers of its paths
  Numbers ends_;    // where a blob's end there
  std::vector<Ref> refs_;
};

}  // namespace sluice::source
