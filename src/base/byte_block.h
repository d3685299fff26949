#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sluice::base {

/// Sixty-four bytes that are looked at together, sixteen by one instruction where the processor can.
class ByteBlock {
 public:
  static constexpr std::size_t size = 64;

 private:
  using Part = std::uint8_t __attribute__((vector_size(16)));  // of GCC and Clang, for any processor
  using Parts = std::array<Part, size / sizeof(Part)>;

 public:
  /// Some of the block's bytes.
  class Places {
   public:
    Places operator|(const Places& other) const {
      return Places({parts_[0] | other.parts_[0], parts_[1] | other.parts_[1], parts_[2] | other.parts_[2],
                     parts_[3] | other.parts_[3]});
    }
    Places operator&(const Places& other) const {
      return Places({parts_[0] & other.parts_[0], parts_[1] & other.parts_[1], parts_[2] & other.parts_[2],
                     parts_[3] & other.parts_[3]});
    }

    /// Bit i tells about byte i.
    std::uint64_t bits() const {
      return bits_of(parts_[0]) | bits_of(parts_[1]) << 16 | bits_of(parts_[2]) << 32 | bits_of(parts_[3]) << 48;
    }

   private:
    friend class ByteBlock;
    explicit Places(const Parts& parts) : parts_(parts) {}

    Parts parts_;  // all bits of a byte set, or none
  };

  /// The bytes from `at` on, all of which must be readable.
  explicit ByteBlock(const char* at) : parts_{part_at(at), part_at(at + 16), part_at(at + 32), part_at(at + 48)} {}

  /// The block with the bit set in each byte that tells the cases of letters apart.
  ByteBlock folded() const {
    const Part bit = all(0x20);
    return ByteBlock({parts_[0] | bit, parts_[1] | bit, parts_[2] | bit, parts_[3] | bit});
  }

  /// Of each byte only the bits that are set in `bits`.
  ByteBlock masked(std::uint8_t bits) const {
    const Part kept = Part{} + bits;
    return ByteBlock({parts_[0] & kept, parts_[1] & kept, parts_[2] & kept, parts_[3] & kept});
  }

  /// Each byte less that of `other` at its place; below 0 comes 255.
  ByteBlock minus(const ByteBlock& other) const {
    return ByteBlock({parts_[0] - other.parts_[0], parts_[1] - other.parts_[1], parts_[2] - other.parts_[2],
                      parts_[3] - other.parts_[3]});
  }

  Places equal(char byte) const {
    const Part wanted = all(byte);
    return Places({set(parts_[0] == wanted), set(parts_[1] == wanted), set(parts_[2] == wanted),
                   set(parts_[3] == wanted)});
  }

  /// Bytes that are those of `other` at their places.
  Places equal(const ByteBlock& other) const {
    return Places({set(parts_[0] == other.parts_[0]), set(parts_[1] == other.parts_[1]),
                   set(parts_[2] == other.parts_[2]), set(parts_[3] == other.parts_[3])});
  }

  /// Bytes from `first` up to `last`; perhaps around, as from -1 to 1.
  Places between(char first, char last) const {
    const Part least = all(first);
    const Part most = all(static_cast<char>(last - first));
    return Places({set(parts_[0] - least <= most), set(parts_[1] - least <= most), set(parts_[2] - least <= most),
                   set(parts_[3] - least <= most)});
  }

 private:
  explicit ByteBlock(const Parts& parts) : parts_(parts) {}

  // One by one: where the compiler expects to come seldom it copies a block by an instruction that is slow to begin.
  static Part part_at(const char* at) {
    Part part;
    std::memcpy(&part, at, sizeof part);
    return part;
  }

  static Part all(char byte) { return Part{} + static_cast<std::uint8_t>(byte); }

  template <class Compared>
  static Part set(Compared compared) {
    return reinterpret_cast<Part>(compared);
  }

  static std::uint64_t bits_of(Part part) {
#if defined(__SSE2__)
    return static_cast<std::uint32_t>(_mm_movemask_epi8(reinterpret_cast<__m128i>(part)));
#else
    std::array<std::uint64_t, 2> halves;
    std::memcpy(halves.data(), &part, sizeof part);
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < halves.size(); ++i) {
      if constexpr (std::endian::native == std::endian::big) halves[i] = __builtin_bswap64(halves[i]);
      // The product gathers the lowest bit of each byte in its highest byte.
      bits |= ((halves[i] & 0x0101010101010101u) * 0x0102040810204080u >> 56) << (8 * i);
    }
    return bits;
#endif
  }

  Parts parts_;
};

}  // namespace sluice::base
