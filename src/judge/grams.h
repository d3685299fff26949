#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "judge/context.h"
#include "judge/subject.h"

namespace sluice::judge {

/// What a hash of a word or of a letter group is to the model: a number below 2^16.
constexpr std::uint32_t gram_factor = 0x9E3779B1u;
constexpr std::uint32_t gram_of(std::uint32_t hash) { return (hash * gram_factor) >> 16; }

/// Which words and letter groups occur in one part of a candidate, by gram_of() their hashes.
class Grams {
 public:
  static constexpr std::size_t most = 160;  ///< more than any part has

  void add(std::uint32_t hash) {
    const std::uint32_t gram = gram_of(hash);
    add_grams(&gram, 1);
  }
  void add_grams(const std::uint32_t* grams, std::size_t count) {
    for (std::size_t i = 0; i < count && count_ < most; ++i) numbers_[count_++] = static_cast<std::uint16_t>(grams[i]);
  }
  const std::uint16_t* begin() const { return numbers_.data(); }
  const std::uint16_t* end() const { return numbers_.data() + count_; }
  std::size_t size() const { return count_; }

 private:
  std::array<std::uint16_t, most> numbers_;
  std::size_t count_ = 0;
};

/// The sum of their weights: the part's score. Takes what Grams takes.
class GramSum {
 public:
  /// `weights`: one for each number.
  explicit GramSum(const std::int8_t* weights) : weights_(weights) {}

  void add(std::uint32_t hash) { sum_ += weights_[gram_of(hash)]; }
  void add_grams(const std::uint32_t* grams, std::size_t count) {
    const std::int8_t* const weights = weights_;
    int sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += weights[grams[i]];
    sum_ += sum;
  }
  int sum() const { return sum_; }

 private:
  const std::int8_t* weights_;
  int sum_ = 0;
};

// Each for Grams and GramSum.

/// Of the name: itself, its words, its groups of four letters.
template <class Out>
void add_name_grams(const Subject& subject, const Context& context, Out& out);

/// Of the value: itself, its words, its groups of three letters, the order of its classes of bytes.
template <class Out>
void add_value_grams(const Subject& subject, const Context& context, Out& out);

/// Of what stands around: the signs between name and value, what the value is followed by, the words
/// of its line.
template <class Out>
void add_surrounding_grams(const Subject& subject, const Context& context, Out& out);

}  // namespace sluice::judge
