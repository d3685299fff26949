#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/copied_range.h"
#include "base/result.h"

namespace sluice::pack {

/// A Git delta (gitformat-pack, "Deltified representation"): how to make an object from its base by
/// copying ranges of it and inserting new bytes. Every step is proven when the delta is parsed, so
/// applying it cannot fail; nothing is allocated on the word of a size that may lie.
class Delta {
 public:
  /// Reads `bytes`, a delta against a base of `base_size` bytes. `bytes` must outlive this.
  /// Errors: corrupt (cut short, another base's size, a copy beyond the base, a reserved step,
  /// steps that do not add up to the size promised).
  static Result<Delta> parse(std::string_view bytes, std::uint64_t base_size);

  /// Bytes of the object that the delta makes.
  std::uint64_t result_size() const { return result_size_; }

  /// Writes the object to `out`, which has room for result_size() bytes. `base` must have the size
  /// given to parse, and must not overlap `out`. `copied`, unless null, becomes the ranges that came
  /// from the base, in ascending order, those joined that continue each other on both sides.
  void apply(std::string_view base, char* out,
             std::vector<base::CopiedRange>* copied = nullptr) const;

 private:
  Delta(std::string_view steps, std::uint64_t result_size)
      : steps_(steps), result_size_(result_size) {}

  std::string_view steps_;
  std::uint64_t result_size_;
};

}  // namespace sluice::pack
