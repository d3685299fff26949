#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "base/copied_range.h"
#include "base/result.h"
#include "pack/entry_pieces.h"
#include "pack/object_store.h"
#include "pack/walk_plan.h"

namespace sluice::pack {

/// What a visitor remembers of an object, to be given back with those that were made from it.
class Memory {
 public:
  virtual ~Memory() = default;
};

/// How an object was made from one that was visited before, maybe by another thread's visitor.
struct Derivation {
  const Memory* base = nullptr;              ///< what was remembered of the base
  std::size_t base_size = 0;                 ///< its bytes
  std::span<const base::CopiedRange> copied;  ///< in ascending order; all else is new
};

/// One object on a walk. Everything is valid only during the call that it is given to.
struct WalkedObject {
  const ObjectId& id;
  ObjectKind kind;
  std::string_view bytes;
  /// Null when it is no delta, or its base was not visited or not remembered.
  const Derivation* derivation = nullptr;
  bool is_base = false;  ///< whether others are made from it: else nobody asks for what is remembered of it
  std::optional<PackedObject> at = {};  ///< the place in the store by which it is named; nothing for a loose one
};

/// What a walk gives its objects to. Each thread has its own, so it needs no lock for what is its.
class WalkVisitor {
 public:
  virtual ~WalkVisitor() = default;

  /// What it returns, unless null, is kept until the last object made from this one was visited.
  virtual std::shared_ptr<const Memory> object(const WalkedObject& object) = 0;

  /// Offers a blob of at least WalkOptions::least_in_pieces bytes that is no delta and from which none is made, before
  /// anything of it was inflated. True when the visitor is done with it; else it is visited as a whole.
  virtual bool blob_in_pieces(const ObjectId& /*id*/, EntryPieces& /*pieces*/) { return false; }

  /// `id` could not be read; null when the problem is not one object's (a pack that cannot be used,
  /// an alternate that is absent). To drop one is to audit less than was asked for.
  virtual void problem(const ObjectId* id, const Error& error) = 0;
};

/// Makes the visitor of thread `thread`, 0 to jobs - 1; called before the threads start.
using MakeVisitor = std::function<std::unique_ptr<WalkVisitor>(unsigned thread)>;

/// Which kinds of objects to visit.
struct KindFilter {
  bool commits = true;
  bool trees = true;
  bool blobs = true;
  bool tags = true;

  bool holds(ObjectKind kind) const {
    switch (kind) {
      case ObjectKind::commit:
        return commits;
      case ObjectKind::tree:
        return trees;
      case ObjectKind::blob:
        return blobs;
      case ObjectKind::tag:
        return tags;
    }
    return true;
  }
};

struct WalkOptions {
  unsigned jobs = 1;  ///< threads; at least 1
  KindFilter kinds;
  /// Bytes. A greater object is a problem (limit_exceeded), and so is each that is a delta against
  /// it.
  std::uint64_t max_object_size = std::uint64_t{2} << 30;
  /// Bytes. Such blobs are offered piece by piece first, unless their names are to be verified.
  std::uint64_t least_in_pieces = std::uint64_t{32} << 20;
  /// Hash packed objects and compare with their names, as is always done for loose ones. Without it
  /// a pack's bytes are still proven by CRC-32, Adler-32 and every size; packs whose index has no
  /// CRC-32 (version 1) are always hashed.
  bool verify_names = false;
  /// Asked from all threads, once for each object; may be empty.
  std::function<bool()> interrupted;
};

/// Visits every object that `plan` names of the kinds asked for, each name once, in no promised order.
/// An object that is damaged in one place but whole in another is visited. One that cannot be read
/// is a problem; so, where its kind cannot be known, it is one even if its kind was not asked for.
/// For every name of the plan exactly one of these holds: visited, a problem, or of another kind.
///
/// Each pack entry is inflated once: the walk goes down the forest of deltas, and a base is freed
/// as soon as its last child is made, the child with most descendants coming last. So a thread
/// holds at most log2(objects of the family) + 2 objects at a time. Idle threads take over branches
/// of families that others walk, at the price of a copy of the base. Anything a visitor throws ends
/// the walk and is thrown from here.
///
/// Errors: interrupted.
Status walk(const WalkPlan& plan, const WalkOptions& options, const MakeVisitor& make_visitor);

}  // namespace sluice::pack
