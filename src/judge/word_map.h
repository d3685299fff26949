#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "rules/pattern.h"

namespace sluice::judge {

/// Where words (for_each_word) begin and end in a stretch of text, by blocks of 64 bytes: read once for all who ask for
/// words there.
class WordMap {
 public:
  static constexpr std::size_t reach = 192;

  /// Bit i tells about byte i of the block.
  struct Block {
    std::uint64_t starts;
    std::uint64_t ends;    ///< the bytes behind words; not the one behind the block
    std::uint64_t likely;  ///< of those that begin, the ones that may be one of near_words
  };

  /// `span` has at most `reach` bytes; words end where it does.
  WordMap(std::string_view text, rules::Span span);

  /// What that does on any processor: the measure of the others, which may call more of the words likely.
  static WordMap read_plainly(std::string_view text, rules::Span span);

  rules::Span span() const { return span_; }

  /// Calls `visit(at, block)` for each block with bytes of `part`, which lies in the span; `at` is where the block
  /// begins, and has only bits of bytes in `part`.
  template <class Visit>
  void for_each_block(rules::Span part, Visit visit) const {
    if (part.begin >= part.end) return;
    std::size_t i = (part.begin - span_.begin) / block_size;
    for (std::size_t at = span_.begin + i * block_size; at < part.end; at += block_size, ++i) {
      const std::size_t skipped = part.begin > at ? part.begin - at : 0;
      const std::uint64_t kept = ~std::uint64_t{0} << skipped &
                                 (part.end - at < block_size ? ~(~std::uint64_t{0} << (part.end - at)) : ~std::uint64_t{0});
      visit(at, Block{blocks_[i].starts & kept, blocks_[i].ends & kept, blocks_[i].likely & kept});
    }
  }

 private:
  static constexpr std::size_t block_size = 64;

  explicit WordMap(rules::Span span) : span_(span) {}

  friend void read_with_avx2(WordMap& map, std::string_view text);

  template <class ReadBlock>
  void read(std::string_view text, ReadBlock read_block);

  rules::Span span_;
  std::array<Block, reach / block_size> blocks_;
};

}  // namespace sluice::judge
