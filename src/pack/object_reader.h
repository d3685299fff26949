#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "pack/decoder.h"
#include "pack/loose.h"
#include "pack/object_store.h"

namespace sluice::pack {

struct ReaderOptions {
  std::uint64_t max_object_size = std::uint64_t{2} << 30;  ///< bytes
  bool verify_names = true;  ///< hash packed objects, too; loose ones always are
};

/// Reads single objects by name, in any order. Keeps up to 16 MiB of bases of deltas, for the next
/// object is often made from the same. One for each thread; it is not to be shared.
class ObjectReader {
 public:
  /// `store` must outlive this.
  explicit ObjectReader(const ObjectStore& store, const ReaderOptions& options = {});

  /// The object named `id`: of its copies the first that can be read.
  /// Errors: not_found; corrupt (no copy can be read; chains of more than 10,000 deltas);
  /// limit_exceeded; io.
  Result<ObjectContent> read(const ObjectId& id);

  /// As read, with no regard to copies in packs()[pack].
  Result<ObjectContent> read_elsewhere(const ObjectId& id, std::size_t pack);

 private:
  struct Link {
    EntryPlace place;
    EntryHeader header;
  };
  struct CachedBase {
    const PackFile* pack = nullptr;
    std::uint64_t offset = 0;
    ObjectContent content;
  };
  static constexpr std::size_t most_cached = 64;  // 2^6: see slot()
  static constexpr std::size_t largest_cached = std::size_t{256} << 10;
  static constexpr std::size_t no_pack = std::size_t(-1);

  // The object a chain of deltas starts from, and its place; loose ones have none (no pack).
  struct Start {
    EntryPlace place;
    ObjectContent content;
  };

  Result<ObjectContent> read_any(const ObjectId& id, std::size_t except);
  Result<ObjectContent> read_packed(PackedObject at);
  Result<ObjectContent> read_loose_copies(const ObjectId& id);
  Result<Start> find_start(EntryPlace place, std::vector<Link>& chain);
  std::optional<EntryPlace> find_base(const Link& link) const;
  Status verify(const ObjectId& id, const ObjectContent& content) const;

  EntryPlace place_at(PackedObject at) const;
  CachedBase& slot(const EntryPlace& place);

  const ObjectStore& store_;
  ReaderOptions options_;
  Decoder decoder_;
  std::array<CachedBase, most_cached> cache_;
};

}  // namespace sluice::pack
