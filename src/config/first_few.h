#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "config/reporter.h"

namespace sluice::config {

/// Of one file that holds many of a kind, the first few become findings, and the last of these names the
/// lines of the others: a copied file is one mistake, not hundreds.
class FirstFew {
 public:
  static constexpr std::size_t limit = 20;

  bool is_full() const { return drafts_.size() == limit; }
  /// Only while it is not full.
  void add(Draft draft) { drafts_.push_back(std::move(draft)); }
  /// The line of one that is not told by itself; only when it is full.
  void add_line(std::uint32_t line) { lines_.push_back(line); }

  void report(Reporter& reporter) &&;

 private:
  std::vector<Draft> drafts_;
  std::vector<std::uint32_t> lines_;
};

}  // namespace sluice::config
