#pragma once

#include <cstddef>
#include <cstdint>

#include "base/byte_block.h"

namespace sluice::decode {

/// What is told at a glance of base::ByteBlock::size bytes: bit i tells about byte i.
struct Marks {
  std::uint64_t may_be_digits = 0;  ///< of base64: all bytes that stand behind `*` in ASCII up to `z`
  /// Escapes may begin: `%2` to `%7`, `\u`, `\x`, `&#`, `&q`, `=3`, and few others. None is left out.
  std::uint64_t may_be_escapes = 0;
};

/// Looks at one byte more than a block has, all of which must be readable. On x86-64 with AVX2 thirty-two bytes are
/// looked at together.
class MarkFinder {
 public:
  static constexpr std::size_t reach = base::ByteBlock::size + 1;

  MarkFinder();
  Marks find(const char* at) const { return find_(at); }

  /// What find does on any processor: the measure of the others, which may only tell of more escapes.
  static Marks find_plainly(const char* at);

 private:
  Marks (*find_)(const char* at);
};

}  // namespace sluice::decode
