#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pack/object_id.h"
#include "pack/pack_file.h"

namespace sluice::pack {

/// Where a packed object's entry is.
struct PackedEntry {
  const PackFile* pack = nullptr;
  std::uint64_t offset = 0;  ///< within pack->entries()
  std::size_t number = 0;    ///< of the pack, as the finder counts them
};

/// Tells where objects are; what ObjectReader reads through.
class ObjectFinder {
 public:
  virtual ~ObjectFinder() = default;

  virtual HashAlgorithm algorithm() const = 0;

  /// The object directories: the repository's own first, then its alternates. Canonical paths.
  virtual const std::vector<std::string>& directories() const = 0;

  /// One packed copy of `id`, the cheapest to find.
  virtual std::optional<PackedEntry> find_entry(const ObjectId& id) const = 0;

  /// Every packed copy of `id`, for when the first is damaged.
  virtual std::vector<PackedEntry> find_entries(const ObjectId& id) const = 0;

  /// Those of directories() that may hold a loose copy of `id`, by number.
  virtual std::vector<std::uint32_t> loose_directories(const ObjectId& id) const = 0;

 protected:
  ObjectFinder() = default;
  ObjectFinder(ObjectFinder&&) = default;
  ObjectFinder& operator=(ObjectFinder&&) = default;
};

}  // namespace sluice::pack
