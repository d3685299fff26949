#include "pack/inflate.h"

#include <libdeflate.h>

#include <new>

#include "base/large_pages.h"
#include "base/pages_ahead.h"

namespace sluice::pack {
namespace {

InflateOutcome outcome_of(libdeflate_result result) {
  switch (result) {
    case LIBDEFLATE_SUCCESS:
      return InflateOutcome::ok;
    case LIBDEFLATE_SHORT_OUTPUT:
      return InflateOutcome::too_short;
    case LIBDEFLATE_INSUFFICIENT_SPACE:
      return InflateOutcome::too_long;
    case LIBDEFLATE_BAD_DATA:
      break;
  }
  return InflateOutcome::damaged;
}

// An empty object's stream still is one, and libdeflate wants an address to write nothing to.
char* address(char* out) {
  static thread_local char nothing;
  return out == nullptr ? &nothing : out;
}

}  // namespace

void Inflater::Free::operator()(libdeflate_decompressor* handle) const {
  libdeflate_free_decompressor(handle);
}

Inflater::Inflater() : handle_(libdeflate_alloc_decompressor()) {
  if (!handle_) throw std::bad_alloc();
}

Inflater::~Inflater() = default;
Inflater::Inflater(Inflater&&) noexcept = default;

InflateOutcome Inflater::exactly(std::string_view stream, char* out, std::size_t size) {
  std::size_t read = 0;
  base::use_large_pages(out, size);
  const base::PagesAhead pages(out, size);
  return outcome_of(libdeflate_zlib_decompress_ex(handle_.get(), stream.data(), stream.size(),
                                                  address(out), size, &read, nullptr));
}

InflateOutcome Inflater::at_most(std::string_view stream, char* out, std::size_t room,
                                 std::size_t& written) {
  std::size_t read = 0;
  return outcome_of(libdeflate_zlib_decompress_ex(handle_.get(), stream.data(), stream.size(),
                                                  address(out), room, &read, &written));
}

bool can_inflate_to(std::size_t packed, std::uint64_t size) { return size / 1032 <= packed; }

std::uint32_t crc32(std::string_view bytes) {
  return libdeflate_crc32(0, bytes.data(), bytes.size());
}

}  // namespace sluice::pack
