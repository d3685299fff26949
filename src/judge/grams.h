#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "judge/context.h"
#include "judge/subject.h"

namespace sluice::judge {

/// Which words and letter groups occur in one part of a candidate, as numbers below 2^16: their hashes.
/// Each adds its weight to the part's score.
class Grams {
 public:
  static constexpr std::size_t most = 160;

  void add(std::uint32_t hash) {
    if (count_ < most) numbers_[count_++] = static_cast<std::uint16_t>((hash * 0x9E3779B1u) >> 16);
  }
  /// Adds `hash_at(i)` for each i below `count`, as many as there is room for.
  template <class HashAt>
  void add_all(std::size_t count, HashAt hash_at) {
    const std::size_t first = count_;
    count_ += count < most - count_ ? count : most - count_;
    for (std::size_t i = first; i < count_; ++i) numbers_[i] = static_cast<std::uint16_t>((hash_at(i - first) * 0x9E3779B1u) >> 16);
  }
  const std::uint16_t* begin() const { return numbers_.data(); }
  const std::uint16_t* end() const { return numbers_.data() + count_; }
  std::size_t size() const { return count_; }

 private:
  std::array<std::uint16_t, most> numbers_;
  std::size_t count_ = 0;
};

/// Of the name: itself, its words, its groups of four letters.
void add_name_grams(const Subject& subject, const Context& context, Grams& out);

/// Of the value: itself, its words, its groups of three letters, the order of its classes of bytes.
void add_value_grams(const Subject& subject, const Context& context, Grams& out);

/// Of what stands around: the signs between name and value, what the value is followed by, the words
/// of its line.
void add_surrounding_grams(const Subject& subject, const Context& context, Grams& out);

}  // namespace sluice::judge
