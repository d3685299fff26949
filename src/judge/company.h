#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "judge/features.h"
#include "judge/subject.h"

namespace sluice::judge {

/// What candidates are compared by, as hashes: of the name, of the value, and its form.
struct Likeness {
  std::uint32_t name = 0;
  std::uint32_t value = 0;
  std::uint32_t form = 0;
};

Likeness likeness_of(const Subject& subject);

/// All judged candidates of one text, to tell how many are like one another: a file with hundreds of
/// like values is data.
class Company {
 public:
  explicit Company(std::size_t text_size) : text_size_(text_size) {}

  /// The candidate with the value at `value`; in the order of the text.
  void add(rules::Span value, const Likeness& likeness);

  /// Call once all are added; then describe() any of them.
  void close();

  void describe(rules::Span value, const Likeness& likeness, Features& out) const;

 private:
  // Hashes, and how often each was added.
  class Counted {
   public:
    void add(std::uint32_t hash) { hashes_.push_back(hash); }
    void close();
    float count_of(std::uint32_t hash) const;  // once closed

   private:
    std::vector<std::uint32_t> hashes_;  // once closed, sorted and each once
    std::vector<std::uint32_t> counts_;
  };

  std::size_t text_size_;
  float log2_of_size_ = 0;
  std::array<rules::Span, 4> last_;  // those added last
  std::size_t next_ = 0;             // in last_
  Counted names_;
  Counted forms_;
  Counted texts_;
  std::vector<std::size_t> begins_;
};

}  // namespace sluice::judge
