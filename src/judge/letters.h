#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "judge/characters.h"

namespace sluice::judge {

/// How often a letter follows two others in the names and words of source code. Borrowed from the model.
class LetterTable {
 public:
  /// 32 × 32 × 32 numbers: an eighth of log2 of how much likelier than chance (1 in 26) the third letter
  /// is after the first two. 1 to 26 are letters, 0 is a word's end.
  static constexpr std::size_t size = std::size_t{1} << 15;

  explicit LetterTable(const std::int8_t* numbers = nullptr) : numbers_(numbers) {}

  /// Of a run of letters, the mean of log2 for each: above 0 for what is likelier than chance.
  float likelihood(std::string_view letters) const {
    std::size_t state = 0;
    int sum = 0;
    for (const char c : letters) {
      state = (state << 5 | (static_cast<std::size_t>(c) & 31u)) & (size - 1);
      sum += numbers_[state];
    }
    return static_cast<float>(sum) / (8.0f * static_cast<float>(letters.size()));
  }

  /// What most words of source code reach, and few random letters do.
  static constexpr float usual() { return 1.0f; }

 private:
  const std::int8_t* numbers_;
};

}  // namespace sluice::judge
