#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "git/attribution.h"
#include "git/commit.h"
#include "git/oid.h"
#include "source/object_numbers.h"

namespace sluice::source {

/// The commits that a walk met, as far as their order and their trees go, so that none has to be read
/// again for it. About 32 bytes a commit.
class CommitTable {
 public:
  /// What one thread met. Not thread-safe.
  class Part {
   public:
    /// `numbers` must outlive this.
    explicit Part(const ObjectNumbers& numbers) : numbers_(numbers) {}

    /// `object`, which is `commit`, is named by the numbers' store. A commit of `boundary`, sorted, counts as without
    /// parents. False when the store does not name the commit's tree.
    bool add(const pack::WalkedObject& object, const git::Commit& commit, const std::vector<git::Oid>& boundary);

   private:
    friend class CommitTable;
    std::uint32_t number_of(const git::Oid& id);

    struct Row {
      std::int64_t time;           // committer's seconds
      std::uint32_t commit;        // numbers, as the parents, or places in absent_ with absent_bit
      std::uint32_t tree;
      std::uint32_t first_parent;  // in parents_
      std::uint32_t parent_count;
    };
    const ObjectNumbers& numbers_;
    std::vector<Row> rows_;
    std::vector<std::uint32_t> parents_;
    std::vector<git::Oid> absent_;  // what the store does not name
  };

  /// `numbers` must outlive this.
  explicit CommitTable(const ObjectNumbers& numbers) : numbers_(numbers), all_(numbers) {}

  /// Takes over what a thread met.
  void add(Part part);

  /// True when `id` is a commit that was met. Call after the last add.
  bool contains(const git::Oid& id) const { return row_of(id).has_value(); }

  /// The latest committer's time of all commits; 0 when there is none.
  std::int64_t newest() const;

  /// The roots of all commits: those that `tips`, commits of the table, reach come first, in the order of
  /// git::commits; the others by name. `reached` is how many those are. Nothing when a commit that can
  /// be reached was not met.
  struct Roots {
    std::vector<git::AttributionRoot> all;
    std::size_t reached = 0;
  };
  std::optional<Roots> roots(const std::vector<git::Oid>& tips) const;

 private:
  static constexpr std::uint32_t absent_bit = std::uint32_t{1} << 31;
  static constexpr std::uint32_t none = 0xffffffff;

  std::optional<std::uint32_t> row_of(const git::Oid& id) const;
  std::optional<std::vector<std::uint32_t>> newest_first(const std::vector<git::Oid>& tips) const;
  std::vector<std::uint32_t> parents_first(const std::vector<std::uint32_t>& wanted) const;
  git::Oid id_of(std::uint32_t number) const;
  git::AttributionRoot root_of(std::uint32_t row) const;

  const ObjectNumbers& numbers_;
  Part all_;
  std::vector<std::uint32_t> row_of_;  // by object number
};

}  // namespace sluice::source
