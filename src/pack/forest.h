#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "pack/pack_file.h"

namespace sluice::pack {

/// The entries of one pack as a forest: an entry's parent is the entry that its delta is against.
/// Entries are numbered from 0 in the order of their offsets. Takes about 24 bytes an entry.
class Forest {
 public:
  /// Reads every entry's header. `unwanted` says, by position in the index, which entries need not
  /// be visited; empty means none. Entries whose header is damaged, or whose base is not in this
  /// pack, are roots. Keeps a reference to `pack`. `jobs`: threads that may share the reading.
  Forest(const PackFile& pack, const std::vector<bool>& unwanted, unsigned jobs = 1);

  std::uint32_t count() const { return static_cast<std::uint32_t>(positions_.size()); }
  const PackFile& pack() const { return pack_; }

  std::uint64_t offset(std::uint32_t entry) const { return offsets_[entry]; }
  /// The entry's bytes, up to where the next one starts.
  std::string_view bytes(std::uint32_t entry) const {
    return pack_.entries().substr(offsets_[entry], offsets_[entry + 1] - offsets_[entry]);
  }
  /// The entry's position in the index.
  std::uint32_t position(std::uint32_t entry) const { return positions_[entry]; }

  /// The name of the entry's object.
  ObjectId id(std::uint32_t entry) const { return pack_.index().id(positions_[entry]); }

  /// The entry's children; the one with the greatest weight comes last.
  std::span<const std::uint32_t> children(std::uint32_t entry) const {
    return {children_.data() + first_child_[entry], children_.data() + first_child_[entry + 1]};
  }

  /// How many entries are to be visited in the tree of which `entry` is the root; 0 means that it
  /// can be passed over.
  std::uint32_t weight(std::uint32_t entry) const { return weights_[entry]; }
  bool is_wanted(std::uint32_t entry) const {
    return unwanted_.empty() || !unwanted_[positions_[entry]];
  }

  /// Roots with a weight: those that are much work first, the others in the order of their offsets.
  const std::vector<std::uint32_t>& roots() const { return roots_; }

  /// Wanted entries that no root leads to: deltas against each other, or against such.
  const std::vector<std::uint32_t>& unreachable() const { return unreachable_; }

  /// Forgets all roots and unreachable entries but these, which must be some of its own.
  void restrict_to(std::vector<std::uint32_t> roots, std::vector<std::uint32_t> unreachable);

 private:
  using Parents = std::vector<std::uint32_t>;

  void sort_entries();
  Parents find_parents(unsigned jobs) const;
  std::uint32_t entry_at(std::uint64_t offset, std::uint32_t child) const;
  void link_children(const Parents& parents);
  void weigh(const Parents& parents);
  void put_heavy_roots_first();
  void put_heaviest_last();

  const PackFile& pack_;
  const std::vector<bool>& unwanted_;
  std::vector<std::uint64_t> offsets_;  // and, last, where the entries end
  std::vector<std::uint32_t> positions_;
  std::vector<std::uint32_t> first_child_;  // into children_; one more than there are entries
  std::vector<std::uint32_t> children_;
  std::vector<std::uint32_t> weights_;
  std::vector<std::uint32_t> roots_;
  std::vector<std::uint32_t> unreachable_;
};

}  // namespace sluice::pack
