#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/result.h"

struct z_stream_s;

namespace sluice::pack {

/// The object of a pack entry that is no delta, piece after piece: so it can be looked at without being held whole.
class EntryPieces {
 public:
  /// `stream` starts with the entry's zlib stream, which must make `size` bytes, and must outlive this.
  EntryPieces(std::string_view stream, std::uint64_t size);
  EntryPieces(const EntryPieces&) = delete;
  EntryPieces& operator=(const EntryPieces&) = delete;
  ~EntryPieces();

  /// Bytes of the whole object.
  std::uint64_t size() const { return size_; }

  /// Writes the bytes that come next to `out`, which has `room` for some, and returns how many: fewer than there is
  /// room for only when they are the last. With these the stream's checksum was proven.
  /// Errors: corrupt, without `where`.
  Result<std::size_t> read(char* out, std::size_t room);

 private:
  Status inflate(char* out, std::size_t room, std::size_t& made);
  Status prove_end();

  std::unique_ptr<z_stream_s> state_;
  std::string_view left_in_;   // of the stream, not given to zlib yet
  std::uint64_t size_;
  std::uint64_t left_out_;     // bytes that were not read yet
  bool has_ended_ = false;     // so says the stream
  bool is_open_ = false;
};

}  // namespace sluice::pack
