#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "pack/decoder.h"
#include "pack/forest.h"
#include "pack/object_reader.h"
#include "pack/task_queue.h"
#include "pack/walk.h"

namespace sluice::pack {

/// A made object of a forest, some of whose children are still to be walked. Without content it
/// could not be made, so that its descendants cannot either, unless there are copies of them
/// elsewhere.
struct Branch {
  std::uint32_t entry = 0;
  std::uint32_t next_child = 0;  ///< of Forest::children
  std::uint32_t end_child = 0;
  std::optional<ObjectContent> content;
  std::shared_ptr<const Memory> memory;  ///< what the visitor remembers of it
};

/// One pack, and what is left to do of it, shared by the threads that walk it.
struct PackWalk {
  PackWalk(std::size_t pack_number, const Forest& walked, unsigned threads)
      : number(pack_number),
        forest(walked),
        queue(forest.roots().size() + forest.unreachable().size(), threads) {}

  std::size_t number;  ///< in ObjectStore::packs()
  const Forest& forest;
  TaskQueue<Branch> queue;  ///< counts the forest's roots, then its unreachable entries
};

/// One thread's part of a walk.
class PackWalker {
 public:
  /// All arguments must outlive this.
  PackWalker(const ObjectStore& store, const WalkOptions& options, WalkVisitor& visitor);

  /// Walks `pack` with others, until all of it is done or the walk is interrupted.
  void walk_pack(PackWalk& pack);

  /// Visits the object of which `loose` is the first copy.
  void visit_loose(const LooseObject& loose);

 private:
  bool goes_on(const PackWalk& pack) const {
    return !pack.queue.is_stopped() && !(options_.interrupted && options_.interrupted());
  }
  void walk_root(PackWalk& pack, std::uint32_t root);
  void walk_branch(PackWalk& pack, Branch branch);
  void step(PackWalk& pack);
  void share(PackWalk& pack);
  void settle(const PackWalk& pack, Branch branch);
  void recycle(Branch branch);
  void report_unreachable(PackWalk& pack, std::uint32_t entry);
  bool can_skip(const PackWalk& pack, std::uint32_t root) const;
  bool is_done_in_pieces(const PackWalk& pack, std::uint32_t root);

  Branch make(const PackWalk& pack, std::uint32_t entry, const Branch* parent);
  Result<ObjectContent> decode(const PackWalk& pack, std::uint32_t entry, const Branch* parent);
  Result<ObjectContent> apply_delta(const EntryPlace& place, const EntryHeader& header,
                                    const ObjectContent& base,
                                    std::vector<base::CopiedRange>* copied);
  Result<ObjectContent> read_external_base(const EntryHeader& header);
  std::optional<ObjectContent> rescue(const PackWalk& pack, std::uint32_t entry, Error error);
  void visit(const PackWalk& pack, Branch& branch, const Derivation* derivation);

  const ObjectStore& store_;
  const WalkOptions& options_;
  WalkVisitor& visitor_;
  Decoder decoder_;
  ObjectReader reader_;       // for bases in other packs, and for copies of damaged objects
  std::vector<base::CopiedRange> copied_;  // how the latest object was made
  bool is_derived_ = false;                // from its parent, as copied_ says
  std::vector<Branch> path_;  // where this thread is: each a descendant of the one before
};

}  // namespace sluice::pack
