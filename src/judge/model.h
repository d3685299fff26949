#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "judge/features.h"
#include "judge/grams.h"
#include "judge/letters.h"

namespace sluice::judge {

/// One step of a tree: to `left`, or to the one behind it when the feature is more than the threshold. A
/// leaf leads to itself, so that every way through a tree can be given the same number of steps.
struct TreeNode {
  float threshold = 0;
  std::uint16_t feature = 0;
  std::uint16_t left = 0;
};

/// Boosted trees (Friedman, 2001): the sum of one leaf of each, as the logarithm of odds.
class Forest {
 public:
  float score(const Features& features) const;

 private:
  friend class ModelReader;

  // Of `Count` trees, walked side by side: their steps do not wait for each other.
  template <std::size_t Count>
  float score_of(std::size_t first, const Features& features) const;

  float base_ = 0;
  std::uint32_t depth_ = 0;
  std::vector<std::uint32_t> roots_;
  std::vector<TreeNode> nodes_;  // of all trees; `left` counts from the tree's root
  std::vector<float> values_;    // of the leaves, by node
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

  /// Little-endian: `SLJ2`; the number of features; the letter table; the scale and the 65,536 weights of
  /// grams; three forests (base, depth, number of trees, their roots, number of nodes, nodes, values); the
  /// thresholds; zeros up to a multiple of 8. `bytes` must outlive the model. Errors: invalid_input.
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
