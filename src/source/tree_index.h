#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "git/attribution.h"
#include "git/tree.h"
#include "pack/walk.h"
#include "source/object_numbers.h"

namespace sluice::source {

/// What all trees of a repository hold that matters: their folders, and the blobs that are looked for.
/// Made in one walk over the trees, each read where it differs from the one it is a delta of. Answers
/// what git::attribute does, without reading anything again.
class TreeIndex {
 public:
  /// What a reader tells of entries that it has not met before.
  struct Notices {
    std::function<void(std::string_view name)> name;  ///< of an entry
  };
  class Reader;

  /// Looks for `targets`, and for whatever some tree names and the store does not. `numbers` must
  /// outlive this.
  TreeIndex(const ObjectNumbers& numbers, const std::vector<git::Oid>& targets);
  ~TreeIndex();

  /// A reader for one more thread, which lives as long as this. Not thread-safe.
  Reader& add_reader(Notices notices);

  /// What trees name and the store does not. Call after all reading.
  std::vector<git::Oid> absent() const { return {targets_.begin() + asked_for_, targets_.end()}; }

  /// As git::attribute for the targets and for what is absent, without author and date. On up to `jobs` threads; what
  /// it says does not depend on how many.
  git::AttributionResult attribute(const std::vector<git::AttributionRoot>& roots, unsigned jobs = 1) const;

  /// Which targets each of `trees` holds, at whatever path. Errors: limit_exceeded.
  Result<std::vector<std::vector<git::Oid>>> held(const std::vector<git::Oid>& trees) const;

 private:
  friend class Reader;
  class Follower;
  class Leading;
  class Names;
  class Memory;

  // A folder or a target in a tree.
  struct Lead {
    std::uint32_t object = 0;  // a folder's number; a target's place in targets_, with target_bit
    std::uint32_t name = 0;    // as the reader that noted it numbers them
  };
  // Where a tree's leads are.
  struct Place {
    std::uint32_t begin = 0;
    std::uint32_t count = 0;
    std::uint32_t reader = 0;
  };
  static constexpr std::uint32_t target_bit = std::uint32_t{1} << 31;

  std::uint32_t absent_target(const git::Oid& id);
  std::span<const Lead> leads_of(std::uint32_t tree) const;
  // Calls `leave` for `tree` and each folder in it, after those in that one, that `is_new` is true of, which is asked
  // before. A damaged folder that leads to itself is left once, if it is new once.
  template <class IsNew, class Leave>
  void inside_out(std::uint32_t tree, const IsNew& is_new, const Leave& leave) const {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> open;  // folders, and which of their leads is next
    const auto enter = [&](std::uint32_t folder) {
      if (is_new(folder)) open.emplace_back(folder, 0);
    };
    enter(tree);
    while (!open.empty()) {
      auto& [folder, next] = open.back();
      const std::span<const Lead> leads = leads_of(folder);
      if (next == leads.size()) {
        leave(folder);
        open.pop_back();
      } else if (const Lead lead = leads[next++]; (lead.object & target_bit) == 0) {
        enter(lead.object);
      }
    }
  }

  const ObjectNumbers& numbers_;
  std::vector<git::Oid> targets_;  // those asked for, then those that are absent
  std::ptrdiff_t asked_for_ = 0;
  std::mutex lock_;                                          // of what is absent
  std::unordered_map<git::Oid, std::uint32_t> absent_;       // by place in targets_
  std::unordered_map<std::uint32_t, std::uint32_t> target_of_;  // by object number
  std::vector<Place> places_;                                   // by object number of a tree
  std::vector<std::unique_ptr<Reader>> readers_;
};

/// One thread's reader of trees.
class TreeIndex::Reader {
 public:
  Reader(TreeIndex& index, std::uint32_t number, Notices notices)
      : index_(index), number_(number), notices_(std::move(notices)) {}

  /// Notes what the tree `object` holds. Returns what is to be given again with trees made from it.
  /// Errors: as git::parse_tree.
  Result<std::shared_ptr<const pack::Memory>> read(const pack::WalkedObject& object);

 private:
  friend class TreeIndex;
  friend class TreeIndex::Follower;

  Status read_until(Memory& tree, std::string_view bytes, std::size_t& at, std::size_t end);
  Status read_derived(Memory& tree, std::string_view bytes, const pack::Derivation& derivation);
  void note(Memory& tree, std::size_t start, const git::TreeEntry& entry);
  std::uint32_t number_of(std::string_view name);

  TreeIndex& index_;
  std::uint32_t number_;
  Notices notices_;
  git::HashAlgorithm algorithm_ = git::HashAlgorithm::sha1;
  std::vector<Lead> leads_;
  std::deque<std::string> names_;
  std::unordered_map<std::string_view, std::uint32_t> number_of_name_;
};

}  // namespace sluice::source
