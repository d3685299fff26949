#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "judge/forest.h"
#include "judge/grams.h"
#include "judge/letters.h"

namespace sluice::judge {

/// The learned model: what its file holds. Its parts are trained by train/ (docs/detection.md).
class Model {
 public:
  /// Scores from which on a finding is told, and told as likely; logarithms of odds.
  struct Limits {
    float keep = 0;    ///< of by_text, for what may be told at some path
    float low = 0;     ///< of by_path, for what is told
    float medium = 0;  ///< of for_confidence
    float high = 0;    ///< of for_confidence
  };

  /// Little-endian: `SLJ4`; the number of features; the letter table; the scale and the 65,536 weights of
  /// grams; three forests (base, number of groups of four trees, of each group six times four thresholds and as many
  /// features, values of all leaves); the limits; zeros up to a multiple of 8. `bytes` must outlive the model. Errors: invalid_input.
  static Result<Model> parse(std::string_view bytes);

  /// The one that is built in.
  static const Model& builtin();

  const LetterTable& letters() const { return letters_; }
  GramSum gram_sum() const { return GramSum(weights_); }
  float score(const GramSum& grams) const { return static_cast<float>(grams.sum()) * scale_; }
  /// What its forests ask about a candidate with these features.
  Ranks ranks_of(const Features& features) const { return asked_.ranks_of(features); }
  /// The same of one feature, and which of the ranks it is.
  std::uint8_t rank_of(std::size_t feature, float value) const { return asked_.rank_of_value(feature, value); }
  std::uint8_t place_of(std::size_t feature) const { return asked_.place_of(static_cast<std::uint16_t>(feature)); }
  const Forest& by_text() const { return by_text_; }  ///< knows nothing of paths
  const Forest& by_path() const { return by_path_; }
  /// Tells how likely what is told is secret. Has also seen trees of code in which nothing is.
  const Forest& for_confidence() const { return for_confidence_; }
  const Limits& limits() const { return limits_; }

 private:
  friend class ModelReader;
  LetterTable letters_;
  float scale_ = 0;
  const std::int8_t* weights_ = nullptr;
  Forest by_text_;
  Forest by_path_;
  Forest for_confidence_;
  Limits limits_;
  Thresholds asked_;
};

}  // namespace sluice::judge
