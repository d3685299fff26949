#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pack/multi_pack_index.h"
#include "pack/object_finder.h"
#include "pack/object_store.h"

namespace sluice::pack {

/// A repository's object database for who wants some objects of it: opening it reads next to nothing,
/// packs are mapped when they are first needed and never read as a whole, loose objects are looked for
/// one by one, and a multi-pack-index is used where there is one. Any number of threads may use it.
class ObjectLookup final : public ObjectFinder {
 public:
  /// Opens `objects_dir`, a repository's `objects`. Errors: not_found, unreadable.
  static Result<std::unique_ptr<ObjectLookup>> open(const std::string& objects_dir,
                                                    const StoreOptions& options);

  HashAlgorithm algorithm() const override { return algorithm_; }
  const std::vector<std::string>& directories() const override { return directories_; }
  std::optional<PackedEntry> find_entry(const ObjectId& id) const override;
  std::vector<PackedEntry> find_entries(const ObjectId& id) const override;
  std::vector<std::uint32_t> loose_directories(const ObjectId& id) const override;

  /// True when a pack or a loose file bears the name. Says nothing of its content.
  bool contains(const ObjectId& id) const;

  /// The names that start with the hexadecimal digits `prefix` (4 at least), sorted, each once; no
  /// more than `limit` of them.
  std::vector<ObjectId> with_prefix(std::string_view prefix, std::size_t limit) const;

  /// Looks again for packs, for Git may have made some since. False when nothing changed.
  bool refresh();

  /// Why packs and directories could not be used so far: an object that is not found may be there.
  std::vector<Error> problems() const;

 private:
  struct Pack {
    std::string path;
    bool is_opened = false;
    std::optional<PackFile> file;  // none when it cannot be used
  };
  struct Directory {
    std::vector<std::size_t> packs;  // numbers of those that the multi-pack-index does not cover
    std::vector<std::size_t> covered;
    std::optional<MultiPackIndex> index;
    std::vector<std::size_t> index_packs;  // by the index's own numbers
  };

  ObjectLookup() = default;
  void list_packs() const;
  void list_directory(const std::string& directory) const;
  const PackFile* pack(std::size_t number) const;
  std::optional<PackedEntry> find_in(const std::vector<std::size_t>& packs,
                                     const ObjectId& id) const;
  std::optional<PackedEntry> find_by_index(const Directory& directory, const ObjectId& id) const;

  HashAlgorithm algorithm_ = HashAlgorithm::sha1;
  std::vector<std::string> directories_;
  mutable std::mutex lock_;  // for all below
  mutable bool is_listed_ = false;
  mutable std::vector<std::unique_ptr<Pack>> packs_;
  mutable std::vector<Directory> places_;
  mutable std::size_t last_hit_ = 0;
  mutable std::vector<Error> problems_;
};

}  // namespace sluice::pack
