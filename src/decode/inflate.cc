#include <zlib.h>

#include <algorithm>

#include "decode/decoder.h"

namespace sluice::decode {

bool is_deflated(std::string_view bytes) {
  if (bytes.size() < 10) return false;
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
  if (byte(0) == 0x1F && byte(1) == 0x8B && byte(2) == 8) return true;
  return byte(0) == 0x78 && (byte(1) & 0x20) == 0 && (byte(0) * 256 + byte(1)) % 31 == 0;
}

std::optional<std::string> inflate(std::string_view bytes, std::size_t limit, bool& is_cut) {
  is_cut = false;
  if (!is_deflated(bytes)) return std::nullopt;
  z_stream stream{};
  // 32: gzip or zlib, as the header says.
  if (inflateInit2(&stream, 32 + MAX_WBITS) != Z_OK) return std::nullopt;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(std::min<std::size_t>(bytes.size(), 1u << 30));
  std::string text;
  int status = Z_OK;
  while (status == Z_OK) {
    const std::size_t had = text.size();
    if (had >= limit) {
      is_cut = true;
      break;
    }
    text.resize(std::min(limit, std::max<std::size_t>(4096, had * 2)));
    stream.next_out = reinterpret_cast<Bytef*>(text.data() + had);
    stream.avail_out = static_cast<uInt>(text.size() - had);
    status = ::inflate(&stream, Z_NO_FLUSH);
    text.resize(text.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  // What could be read of damaged bytes is text all the same.
  if (text.empty()) return std::nullopt;
  return text;
}

}  // namespace sluice::decode
