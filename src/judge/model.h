#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "judge/features.h"
#include "judge/grams.h"
#include "judge/letters.h"

namespace sluice::judge {

/// Boosted trees (Friedman, 2001), each of which asks the same question of all its nodes of one level (CatBoost's
/// symmetric trees): the answers are the bits of the leaf's number. The sum of one leaf of each is the logarithm of odds.
class Forest {
 public:
  static constexpr std::size_t depth = 6;
  static constexpr std::size_t leaves = std::size_t{1} << depth;

  float score(const Features& features) const;

 private:
  friend class ModelReader;

  static constexpr std::size_t together = 4;  // trees

  /// Trees that are asked at once. Bit i of the leaf's number in tree k: whether feature i * together + k is more than
  /// that threshold.
  struct Group {
    std::array<float, depth * together> thresholds;
    std::array<std::uint16_t, depth * together> features;
  };

  float base_ = 0;
  std::vector<Group> groups_;
  std::vector<float> values_;  // of the leaves, tree by tree
};

/// The learned model: what its file holds. Its parts are trained by train/ (docs/detection.md).
class Model {
 public:
  /// Scores from which on a finding is told, and told as likely; logarithms of odds.
  struct Thresholds {
    float keep = 0;    ///< of by_text, for what may be told at some path
    float low = 0;     ///< of by_path, for what is told
    float medium = 0;  ///< of for_confidence
    float high = 0;    ///< of for_confidence
  };

  /// Little-endian: `SLJ4`; the number of features; the letter table; the scale and the 65,536 weights of
  /// grams; three forests (base, number of groups of four trees, of each group six times four thresholds and as many
  /// features, values of all leaves); the thresholds; zeros up to a multiple of 8. `bytes` must outlive the model. Errors: invalid_input.
  static Result<Model> parse(std::string_view bytes);

  /// The one that is built in.
  static const Model& builtin();

  const LetterTable& letters() const { return letters_; }
  float score(const Grams& grams) const;
  const Forest& by_text() const { return by_text_; }  ///< knows nothing of paths
  const Forest& by_path() const { return by_path_; }
  /// Tells how likely what is told is secret. Has also seen trees of code in which nothing is.
  const Forest& for_confidence() const { return for_confidence_; }
  const Thresholds& thresholds() const { return thresholds_; }

 private:
  friend class ModelReader;
  LetterTable letters_;
  float scale_ = 0;
  const std::int8_t* weights_ = nullptr;
  Forest by_text_;
  Forest by_path_;
  Forest for_confidence_;
  Thresholds thresholds_;
};

}  // namespace sluice::judge
