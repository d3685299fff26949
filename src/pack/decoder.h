#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/copied_range.h"
#include "base/result.h"
#include "pack/buffer.h"
#include "pack/entry.h"
#include "pack/inflate.h"
#include "pack/pack_file.h"

namespace sluice::pack {

/// One entry of a pack, where it is.
struct EntryPlace {
  const PackFile* pack = nullptr;
  std::uint64_t offset = 0;  ///< in the pack
  std::string_view bytes;    ///< from there on; what follows the entry's stream is not looked at
};

/// Reads the entry's header. Errors: corrupt, without `where`.
inline Result<EntryHeader> parse_entry(const EntryPlace& place) {
  return parse_entry(place.bytes, place.offset, place.pack->index().algorithm());
}

/// Turns pack entries into objects' bytes. One for each thread; it is not to be shared.
/// Errors of all functions are without `where`.
class Decoder {
 public:
  /// No object greater than `limit` bytes is made.
  explicit Decoder(std::uint64_t limit) : limit_(limit) {}

  /// Inflates an entry that is no delta. Errors: corrupt, limit_exceeded.
  Result<Buffer> inflate_object(const EntryPlace& place, const EntryHeader& header);

  /// Makes the object of an entry that is a delta, from its base; `copied` as Delta::apply has it.
  /// Errors: corrupt, limit_exceeded.
  Result<Buffer> apply_delta(const EntryPlace& place, const EntryHeader& header,
                             std::string_view base,
                             std::vector<base::CopiedRange>* copied = nullptr);

  /// Takes back a buffer whose content is not needed any more.
  void recycle(Buffer buffer) { pool_.put(std::move(buffer)); }

  Inflater& inflater() { return inflater_; }
  std::uint64_t limit() const { return limit_; }

 private:
  Status inflate(const EntryPlace& place, const EntryHeader& header, Buffer& out);

  std::uint64_t limit_;
  Inflater inflater_;
  BufferPool pool_;
};

}  // namespace sluice::pack
