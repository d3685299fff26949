#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "pack/object_finder.h"
#include "pack/object_id.h"
#include "pack/pack_file.h"

namespace sluice::pack {

struct StoreOptions {
  HashAlgorithm algorithm = HashAlgorithm::sha1;  ///< extensions.objectFormat
  std::vector<std::string> alternates;  ///< as GIT_ALTERNATE_OBJECT_DIRECTORIES names them
};

/// A loose object: which, and in which of ObjectStore::directories().
struct LooseObject {
  ObjectId id;
  std::uint32_t directory = 0;

  friend auto operator<=>(const LooseObject&, const LooseObject&) = default;
};

/// Where a packed object is: ObjectStore::packs()[pack], position in its index.
struct PackedObject {
  std::uint32_t pack = 0;
  std::uint32_t position = 0;
};

/// A repository's object database as it is at one moment: its packs (mapped), the names of its
/// loose objects, and those of its alternates. It does not change after it was opened, so any
/// number of threads may use it; objects that Git adds later are not seen. Move-only.
///
/// For walks over all of it: every index is proven and every loose name known once it is open. Who
/// wants a few objects only takes ObjectLookup. multi-pack-index files are not read: every pack has
/// an index of its own beside it.
/// A pack that cannot be used does not keep the others from being read; it is one of problems().
class ObjectStore final : public ObjectFinder {
 public:
  /// Opens `objects_dir`, a repository's `objects`. Errors: not_found, unreadable.
  static Result<ObjectStore> open(const std::string& objects_dir, const StoreOptions& options);

  HashAlgorithm algorithm() const override { return algorithm_; }
  const std::vector<std::string>& directories() const override { return directories_; }
  const std::vector<PackFile>& packs() const { return packs_; }

  /// Every loose object, sorted by name, then by directory; the same name may be in several.
  const std::vector<LooseObject>& loose() const { return loose_; }

  /// What keeps objects from being read at all: packs without a usable index, packs that contradict
  /// theirs, alternates that are absent, folders that cannot be listed. An audit that drops them is
  /// not one; walk() passes them on.
  const std::vector<Error>& problems() const { return problems_; }

  /// The first copy of `id` in a pack at or after packs()[first_pack].
  std::optional<PackedObject> find_packed(const ObjectId& id, std::size_t first_pack = 0) const;

  /// The loose copies of `id`.
  std::span<const LooseObject> find_loose(const ObjectId& id) const;

  std::optional<PackedEntry> find_entry(const ObjectId& id) const override;
  std::vector<PackedEntry> find_entries(const ObjectId& id) const override;
  std::vector<std::uint32_t> loose_directories(const ObjectId& id) const override;

  /// True when a pack or a loose file bears the name. Says nothing of its content.
  bool contains(const ObjectId& id) const;

 private:
  ObjectStore() = default;
  void add_packs(const std::string& directory);
  void add_loose(const std::string& directory, std::uint32_t number);

  HashAlgorithm algorithm_ = HashAlgorithm::sha1;
  std::vector<std::string> directories_;
  std::vector<PackFile> packs_;
  std::vector<LooseObject> loose_;
  std::vector<Error> problems_;
};

}  // namespace sluice::pack
