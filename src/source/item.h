#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "finding/audit.h"
#include "finding/finding.h"
#include "git/diff.h"
#include "pack/shard.h"
#include "pack/walk.h"

namespace sluice::source {

/// What a consumer remembers of bytes, so that it need not look again at those copied from them.
using Memory = pack::Memory;

/// Bytes to look at and where they come from. Views live during ItemConsumer::consume only.
struct Item {
  std::string_view bytes;
  Origin origin;
  std::vector<std::string> paths;  ///< what is known of them; a history learns them later
  /// Which lines count, 1-based: the others were there before. Unset: all of them. Costs a diff, so
  /// it is asked for only where something was found.
  std::function<Result<std::vector<git::LineRange>>()> added_lines;
  /// How the bytes were made from others that the consumer remembers; null when they were not.
  const pack::Derivation* derivation = nullptr;
  bool is_base = false;  ///< whether others are made from it that the consumer will be given
  std::size_t root_size = 0;  ///< bytes of each path that lead to the tree and say nothing about what is in it
};

/// Receives what a source yields. A source with several workers calls from all of them at once.
class ItemConsumer {
 public:
  virtual ~ItemConsumer() = default;
  /// Returns what it wants to be given again with items made from this one, or null.
  virtual std::shared_ptr<const Memory> consume(const Item& item) = 0;
  /// Looks at a blob piece by piece. True when there is nothing in it to tell of, and when so it counts as consumed;
  /// false when there is, or that cannot be told so: then it has to be consumed as a whole.
  virtual bool holds_nothing(pack::EntryPieces& /*pieces*/) { return false; }
  virtual void problem(Problem problem) = 0;
  /// Something deliberately left out.
  virtual void skip(Skipped skipped) = 0;
  /// `done` of `total` units (objects, commits or files) are through.
  virtual void progress(std::uint64_t done, std::uint64_t total) = 0;
  /// True when the user wants to stop: the source returns soon with an interrupted error.
  virtual bool interrupted() const = 0;
};

/// How a history's objects are read: `fast` walks the packs' bytes, each entry inflated once; `simple`
/// asks libgit2 for one after the other and is what the fast one is tested against.
enum class Engine { fast, simple };

struct SourceOptions {
  std::uint64_t max_blob_size = 0;  ///< bytes; 0 for no limit
  unsigned jobs = 1;
  Engine engine = Engine::fast;     ///< history
  bool reachable_only = false;      ///< history: only what refs and reflogs reach
  pack::Shard shard;                ///< history, engine fast: the part of the objects to look at
};

/// The Problem an Error becomes when the run can go on without what failed.
Problem to_problem(const Error& error);

/// Whether `size` is over the limit; if so the consumer is told.
bool skip_when_large(const SourceOptions& options, std::uint64_t size, const std::string& what,
                     ItemConsumer& consumer);

}  // namespace sluice::source
