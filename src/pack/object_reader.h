#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "pack/decoder.h"
#include "pack/loose.h"
#include "pack/object_finder.h"

namespace sluice::pack {

struct ReaderOptions {
  std::uint64_t max_object_size = std::uint64_t{2} << 30;  ///< bytes
  bool verify_names = true;  ///< hash packed objects, too; loose ones always are
  unsigned cache_bits = 6;   ///< 2^cache_bits bases of deltas are kept, 1 to 16
  std::size_t cache_bytes = std::size_t{16} << 20;  ///< of them all
};

/// Reads single objects by name, in any order. Keeps some bases of deltas, for the next object is
/// often made from the same. One for each thread; it is not to be shared.
class ObjectReader {
 public:
  /// `finder` must outlive this.
  explicit ObjectReader(const ObjectFinder& finder, const ReaderOptions& options = {});

  /// The object named `id`: of its copies the first that can be read.
  /// Errors: not_found; corrupt (no copy can be read; chains of more than 10,000 deltas);
  /// limit_exceeded; io.
  Result<ObjectContent> read(const ObjectId& id);

  /// As read, with no regard to copies in pack `pack`, as the finder counts them.
  Result<ObjectContent> read_elsewhere(const ObjectId& id, std::size_t pack);

  /// The kind and size of the object named `id`, without making it; nothing proves them.
  /// Errors: as read.
  Result<ObjectHeader> header(const ObjectId& id);

  /// Takes back content that is not needed any more, so that its memory is used again.
  void recycle(ObjectContent content) { decoder_.recycle(std::move(content.bytes)); }

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
  static constexpr std::size_t no_pack = std::size_t(-1);

  // The object a chain of deltas starts from, and its place; loose ones have none (no pack).
  struct Start {
    EntryPlace place;
    ObjectContent content;
  };

  Result<ObjectContent> read_any(const ObjectId& id, std::size_t except);
  Result<ObjectContent> read_entry(const ObjectId& id, const PackedEntry& entry);
  Result<ObjectContent> read_packed(EntryPlace place);
  Result<ObjectContent> read_loose_copies(const ObjectId& id);
  Result<Start> find_start(EntryPlace place, std::vector<Link>& chain);
  Result<ObjectHeader> packed_header(EntryPlace place);
  Result<ObjectHeader> loose_header(const ObjectId& id);
  Result<std::uint64_t> delta_result_size(const Link& link);
  std::optional<EntryPlace> find_base(const Link& link) const;
  Status verify(const ObjectId& id, const ObjectContent& content) const;
  CachedBase& slot(const EntryPlace& place);

  const ObjectFinder& finder_;
  ReaderOptions options_;
  Decoder decoder_;
  std::vector<CachedBase> cache_;
};

}  // namespace sluice::pack
