#pragma once

#include <atomic>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "git/oid.h"
#include "git/repository.h"
#include "pack/object_store.h"
#include "source/item.h"

namespace sluice::source {

/// All objects that `tips` reach (commits, their trees and blobs, tags), found with an explicit
/// stack. What is absent or corrupt on the way is a problem. Submodule commits are not followed.
Result<std::unordered_set<git::Oid>> reachable_objects(const git::Repository& repository,
                                                       const std::vector<git::Oid>& tips,
                                                       ItemConsumer& consumer);

/// Notices objects that others refer to but the database lacks. Garbage may point at what was pruned;
/// only what can be reached must be whole, so the walk that tells is made only if something lacks.
class ReferenceCheck {
 public:
  /// `store` must outlive this.
  explicit ReferenceCheck(const pack::ObjectStore& store) : store_(store) {}

  /// Notes that something refers to `id`. Thread-safe.
  void note(const git::Oid& id);

  bool any_missing() const { return any_missing_; }

  /// Makes a problem of each absent object that `tips` reach.
  Status report_missing(const git::Repository& repository, const std::vector<git::Oid>& tips,
                        ItemConsumer& consumer);

 private:
  const pack::ObjectStore& store_;
  std::atomic<bool> any_missing_ = false;
};

}  // namespace sluice::source
