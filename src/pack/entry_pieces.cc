#include "pack/entry_pieces.h"

#include <zlib.h>

#include <algorithm>

namespace sluice::pack {
namespace {

constexpr std::size_t most_at_once = std::size_t{1} << 30;  // zlib counts in 32 bits

tl::unexpected<Error> damaged() { return fail(ErrorKind::corrupt, "the pack entry is damaged"); }
tl::unexpected<Error> lies() { return fail(ErrorKind::corrupt, "the pack entry lies about its size"); }

}  // namespace

EntryPieces::EntryPieces(std::string_view stream, std::uint64_t size)
    : state_(std::make_unique<z_stream>()), left_in_(stream), size_(size), left_out_(size) {
  is_open_ = inflateInit(state_.get()) == Z_OK;
}

EntryPieces::~EntryPieces() {
  if (is_open_) inflateEnd(state_.get());
}

Result<std::size_t> EntryPieces::read(char* out, std::size_t room) {
  if (!is_open_) return damaged();
  std::size_t written = 0;
  room = static_cast<std::size_t>(std::min<std::uint64_t>(room, left_out_));
  while (written < room && !has_ended_) {
    std::size_t made = 0;
    SLUICE_TRY(inflate(out + written, room - written, made));
    written += made;
  }
  left_out_ -= written;
  if (written < room) return lies();
  if (left_out_ == 0) SLUICE_TRY(prove_end());
  return written;
}

// One step, as far as zlib gets.
Status EntryPieces::inflate(char* out, std::size_t room, std::size_t& made) {
  if (state_->avail_in == 0) {
    const std::string_view next = left_in_.substr(0, most_at_once);
    state_->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(next.data()));
    state_->avail_in = static_cast<uInt>(next.size());
    left_in_.remove_prefix(next.size());
  }
  room = std::min(room, most_at_once);
  state_->next_out = reinterpret_cast<Bytef*>(out);
  state_->avail_out = static_cast<uInt>(room);
  const int status = ::inflate(state_.get(), Z_NO_FLUSH);
  if (status != Z_OK && status != Z_STREAM_END) return damaged();
  made = room - state_->avail_out;
  has_ended_ = status == Z_STREAM_END;
  return {};
}

// Behind the last byte comes nothing but the checksum, which zlib proves.
Status EntryPieces::prove_end() {
  while (!has_ended_) {
    char more = 0;
    std::size_t made = 0;
    SLUICE_TRY(inflate(&more, 1, made));
    if (made != 0) return lies();
  }
  return {};
}

}  // namespace sluice::pack
