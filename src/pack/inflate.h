#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

struct libdeflate_decompressor;

namespace sluice::pack {

/// What came of inflating a zlib stream (RFC 1950).
enum class InflateOutcome {
  ok,         ///< all of it, and its Adler-32 checksum is right
  damaged,    ///< not a zlib stream, cut short, or its checksum is wrong
  too_short,  ///< it holds fewer bytes than asked for
  too_long,   ///< it holds more bytes than there was room for
};

/// Inflates zlib streams. One for each thread; it is not to be shared.
class Inflater {
 public:
  /// Throws std::bad_alloc.
  Inflater();
  ~Inflater();
  Inflater(Inflater&&) noexcept;

  /// Inflates the stream at the start of `stream`, which must hold exactly `size` bytes, to `out`.
  /// What follows the stream is not looked at. `out` is unspecified unless the outcome is ok.
  InflateOutcome exactly(std::string_view stream, char* out, std::size_t size);

  /// As exactly, for a stream that holds at most `room` bytes; `written` says how many.
  InflateOutcome at_most(std::string_view stream, char* out, std::size_t room,
                         std::size_t& written);

 private:
  struct Free {
    void operator()(libdeflate_decompressor* handle) const;
  };
  std::unique_ptr<libdeflate_decompressor, Free> handle_;
};

/// True when `size` bytes can come out of a deflate stream of `packed` bytes: at most 1032 to one.
/// Asked before memory for them is, so that a size that lies costs nothing.
bool can_inflate_to(std::size_t packed, std::uint64_t size);

/// CRC-32 (of zlib and gzip) of `bytes`.
std::uint32_t crc32(std::string_view bytes);

}  // namespace sluice::pack
