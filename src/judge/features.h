#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace sluice::judge {

// What the model is told about a candidate, one number each. The order is that of model.bin: whoever
// changes this list trains anew (docs/detection.md).
#define SLUICE_JUDGE_FEATURES(X)                                                                       \
  /* the value alone */                                                                                \
  X(length) X(entropy) X(entropy_share) X(lower_share) X(upper_share) X(digit_share) X(other_share)    \
  X(distinct_share) X(class_changes) X(longest_digits) X(longest_letters) X(longest_repeat)            \
  X(is_hex) X(is_base64) X(is_uuid) X(is_name) X(is_dotted_name) X(is_constant_name) X(humps)          \
  X(separators) X(dots) X(slashes) X(spaces) X(letter_likelihood) X(least_likelihood) X(vowel_share)   \
  X(counting_share) X(period_share) X(trailing_digits) X(trailing_mark) X(padding) X(has_percent)      \
  X(has_dollar) X(has_bracket) X(has_colon) X(has_at) X(non_ascii_share) X(looks_like_url)             \
  X(looks_like_path) X(looks_like_file) X(looks_like_version) X(looks_like_date) X(value_words)        \
  X(looks_like_email)                                                                                  \
  /* the name */                                                                                       \
  X(name_length) X(name_before) X(name_after) X(name_in_value) X(value_in_name) X(name_is_constant)    \
  X(name_score) X(starts_inside_word) X(ends_inside_word)                                              \
  /* what stands around */                                                                             \
  X(is_quoted) X(gap_length) X(gap_signs) X(gap_line_ends) X(line_before) X(line_after) X(is_comment)  \
  X(quotes_on_line) X(brackets_on_line) X(is_last_on_line) X(account_near) X(stand_in_near)            \
  X(shape_kind) X(value_score) X(around_score) X(words_before) X(words_after) X(in_string)             \
  X(doubt)                                                                                             \
  /* the candidates of the whole text */                                                               \
  X(candidates) X(candidates_per_kilobyte) X(same_name) X(same_value) X(same_form) X(on_line)          \
  X(text_size)                                                                                         \
  /* the path */                                                                                       \
  X(file_kind) X(in_tests) X(in_examples) X(in_vendor) X(in_translations) X(in_configuration)          \
  X(is_generated) X(is_lock_file)

enum Feature : std::size_t {
#define SLUICE_JUDGE_NAME(name) f_##name,
  SLUICE_JUDGE_FEATURES(SLUICE_JUDGE_NAME)
#undef SLUICE_JUDGE_NAME
      feature_count
};

inline constexpr std::array<std::string_view, feature_count> feature_names = {
#define SLUICE_JUDGE_NAME(name) #name,
    SLUICE_JUDGE_FEATURES(SLUICE_JUDGE_NAME)
#undef SLUICE_JUDGE_NAME
};

/// The first feature that depends on the path: those before are known from the text alone.
inline constexpr std::size_t first_path_feature = f_file_kind;
inline constexpr std::size_t path_feature_count = feature_count - first_path_feature;

using Features = std::array<float, feature_count>;
using PathFeatures = std::array<float, path_feature_count>;

}  // namespace sluice::judge
