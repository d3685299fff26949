#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "judge/features.h"

namespace sluice::judge {

/// Of each feature, how many of the thresholds that a model holds it against are less: all its trees ask about a
/// candidate. Where a feature stands only Thresholds know.
using Ranks = std::array<std::uint8_t, 96>;

/// The thresholds of a model's forests by feature, each once: a feature is compared with them once for all trees.
/// On x86-64 with AVX2 eight features are at once, as the trees of a forest are thirty-two; elsewhere one at a time.
class Thresholds {
 public:
  static constexpr std::size_t most = 255;  ///< of one feature

  Thresholds() = default;

  /// `asked`: (feature, threshold), in any order and number; numbers that can be compared.
  explicit Thresholds(std::vector<std::pair<std::uint16_t, float>> asked);

  /// False when a feature has more than `most`: then nothing else may be asked.
  bool fit() const { return fit_; }

  Ranks ranks_of(const Features& features) const;

  std::uint8_t rank_of_value(std::size_t feature, float value) const { return rank_at(places_[feature], value); }

  /// What ranks_of does on any processor: the measure of the others.
  Ranks ranks_of_plainly(const Features& features) const;

  std::uint8_t place_of(std::uint16_t feature) const { return places_[feature]; }

  /// `feature` is more than `threshold`, one of those asked, when its rank is more than this.
  std::uint8_t rank_of(std::uint16_t feature, float threshold) const;

 private:
  static constexpr std::size_t together = 8;

  // Eight features with about as many thresholds, which lie by their order, one of each feature side by side.
  struct Group {
    std::uint32_t first = 0;  // in sorted_
    std::uint32_t most = 0;
  };

  std::uint8_t rank_at(std::size_t place, float feature) const;

  friend Ranks ranks_with_avx2(const Thresholds& thresholds, const Features& features);

  bool fit_ = true;
  std::array<std::uint8_t, feature_count> places_{};
  std::array<std::uint16_t, std::tuple_size_v<Ranks>> features_{};  // by place
  std::array<Group, std::tuple_size_v<Ranks> / together> groups_{};
  std::vector<float> sorted_;  // filled up with infinity
};

/// Boosted trees (Friedman, 2001), each of which asks the same question of all its nodes of one level (CatBoost's
/// symmetric trees): the answers are the bits of the leaf's number. The sum of one leaf of each is the logarithm of odds.
class Forest {
 public:
  static constexpr std::size_t depth = 6;
  static constexpr std::size_t leaves = std::size_t{1} << depth;
  static constexpr std::size_t together = 4;  ///< trees that are added at once; their number is a multiple of it

  /// A question of a tree: whether a feature is more than a threshold.
  struct Question {
    std::uint16_t feature;
    float threshold;
  };

  Forest() = default;

  /// `questions`: `depth` of each tree, one tree after the other; `values`: `leaves` of each.
  Forest(float base, const std::vector<Question>& questions, const std::vector<float>& values, const Thresholds& thresholds);

  /// `ranks` are those of the thresholds that this was made with.
  float score(const Ranks& ranks) const;

  /// What score does on any processor: the measure of the others.
  float score_plainly(const Ranks& ranks) const;

 private:
  static constexpr std::size_t block = 32;  // trees that are asked at once

  static constexpr std::uint8_t sign = 0x80;

  // A level of as many trees.
  struct Level {
    std::array<std::uint8_t, block> places{};
    std::array<std::uint8_t, block> most{};  // the highest rank that answers no, with `sign` turned
  };

  friend void find_leaves_with_avx2(const Forest& forest, const Ranks& ranks, std::uint8_t* leaves);

  void find_leaves(const Ranks& ranks, std::uint8_t* leaves) const;
  float sum(const std::uint8_t* leaves) const;

  float base_ = 0;
  std::vector<Level> levels_;  // `depth` of each block
  std::vector<float> values_;  // of the leaves, tree by tree
  bool asks_at_last_of_first_ = true;  // a level asks about fewer features than the one before it, the first ones by place
};

}  // namespace sluice::judge
