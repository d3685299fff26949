#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/byte_block.h"
#include "judge/characters.h"

namespace sluice::judge {

/// The bytes of `text` from `at` on, as many as a block has; zeros behind its end.
inline base::ByteBlock block_at(std::string_view text, std::size_t at) {
  const std::size_t size = text.size() - at;
  if (size >= base::ByteBlock::size) return base::ByteBlock(text.data() + at);
  char padded[base::ByteBlock::size] = {};
  std::memcpy(padded, text.data() + at, size);
  return base::ByteBlock(padded);
}

/// Where words (for_each_word) begin and end in the blocks of a text, one after the other; bit i tells about byte i.
class WordMarks {
 public:
  /// For a block that begins at `at`.
  WordMarks(std::string_view text, std::size_t at)
      : behind_letter_(at > 0 && at < text.size() && is(text[at - 1], letter)),
        behind_small_(behind_letter_ != 0 && is(text[at - 1], lower)) {}

  /// Of the next block, whose letters and capitals these are, the bytes that `valid` has.
  void read(std::uint64_t letters, std::uint64_t capitals, std::uint64_t valid) {
    letters &= valid;
    capitals &= letters;
    const std::uint64_t behind = letters << 1 | behind_letter_;
    starts_ = letters & (~behind | (capitals & ((letters & ~capitals) << 1 | behind_small_)));
    ends_ = behind & (~letters | starts_);
    behind_letter_ = letters >> 63;
    behind_small_ = (letters & ~capitals) >> 63;
  }

  std::uint64_t starts() const { return starts_; }

  /// The bytes behind words, those that began before the first block among them.
  std::uint64_t ends() const { return ends_; }

  /// Whether the byte before the next block is in a word.
  bool is_in_word() const { return behind_letter_ != 0; }

 private:
  std::uint64_t behind_letter_;
  std::uint64_t behind_small_;
  std::uint64_t starts_ = 0;
  std::uint64_t ends_ = 0;
};

/// Whether `count` bits in a row are set.
constexpr bool has_run(std::uint64_t bits, std::size_t count) {
  for (std::size_t known = 1; known < count;) {
    const std::size_t more = known < count - known ? known : count - known;
    bits &= bits >> more;
    known += more;
  }
  return bits != 0;
}

/// How many bits in a row are set, at most.
constexpr int longest_run(std::uint64_t bits) {
  int longest = 0;
  for (; bits != 0; bits &= bits >> 1) ++longest;
  return longest;
}

}  // namespace sluice::judge
