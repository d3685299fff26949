#pragma once

#include <cstdint>
#include <vector>

#include "judge/features.h"
#include "judge/subject.h"

namespace sluice::judge {

/// All judged candidates of one text, to tell how many are like one another: a file with hundreds of
/// like values is data.
class Company {
 public:
  explicit Company(std::size_t text_size) : text_size_(text_size) {}

  void add(const Subject& subject);

  /// Call once all are added; then describe() any of them.
  void close();

  void describe(const Subject& subject, Features& out) const;

 private:
  std::size_t text_size_;
  std::vector<std::uint64_t> values_;  // of their places, each once
  std::vector<std::uint32_t> names_;
  std::vector<std::uint32_t> forms_;
  std::vector<std::uint32_t> texts_;
  std::vector<std::size_t> begins_;
};

}  // namespace sluice::judge
