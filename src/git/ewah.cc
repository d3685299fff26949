#include "git/ewah.h"

#include <bit>

#include "pack/big_endian.h"

namespace sluice::git {
namespace {

constexpr std::size_t most_ones = std::size_t{1} << 24;

tl::unexpected<Error> broken() { return fail(ErrorKind::corrupt, "a bitmap is malformed"); }

// A marker says how many words are all equal to one bit, and how many literal words follow it.
struct Marker {
  explicit Marker(std::uint64_t word)
      : bit((word & 1) != 0), equal(word >> 1 & 0xffffffffU), literal(word >> 33) {}

  bool bit;
  std::uint64_t equal;
  std::uint64_t literal;
};

}  // namespace

Result<std::vector<std::uint32_t>> take_ewah(std::string_view& bytes) {
  if (bytes.size() < 8) return broken();
  const std::uint64_t size = pack::read_be32(bytes.data());  // in bits
  const std::uint64_t words = pack::read_be32(bytes.data() + 4);
  if ((bytes.size() - 8) / 8 < words || bytes.size() - 8 - words * 8 < 4) return broken();
  const char* const first = bytes.data() + 8;
  bytes.remove_prefix(8 + words * 8 + 4);  // and the place of the last marker

  std::vector<std::uint32_t> ones;
  std::uint64_t position = 0;
  for (std::uint64_t at = 0; at < words;) {
    const Marker marker(pack::read_be64(first + at++ * 8));
    const std::uint64_t run = marker.equal * 64;
    if (marker.literal > words - at || run > size + 64) return broken();
    if (marker.bit) {
      if (ones.size() + run > most_ones) return fail(ErrorKind::limit_exceeded, "a bitmap is too large");
      for (std::uint64_t i = 0; i < run && position + i < size; ++i)
        ones.push_back(static_cast<std::uint32_t>(position + i));
    }
    position += run;
    for (std::uint64_t i = 0; i < marker.literal; ++i, position += 64) {
      std::uint64_t word = pack::read_be64(first + at++ * 8);
      for (; word != 0; word &= word - 1) {
        const std::uint64_t bit = position + static_cast<unsigned>(std::countr_zero(word));
        if (bit >= size) return broken();
        if (ones.size() == most_ones)
          return fail(ErrorKind::limit_exceeded, "a bitmap is too large");
        ones.push_back(static_cast<std::uint32_t>(bit));
      }
    }
    if (position > size + 64) return broken();
  }
  return ones;
}

}  // namespace sluice::git
