#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace sluice::scan {

/// Finds every occurrence of any of a set of lower-case literals, ignoring ASCII case, in one pass:
/// an Aho-Corasick automaton (Aho and Corasick, 1975) with all transitions filled in.
class Prefilter {
 public:
  /// A literal and the number of the rule it stands for; several literals may stand for one rule.
  struct Literal {
    std::string_view text;
    std::uint32_t rule;
  };

  explicit Prefilter(const std::vector<Literal>& literals);

  /// Calls `hit(rule, end)` for each occurrence, in the order of `end`, the offset behind it.
  template <class Hit>
  void search(std::string_view text, Hit hit) const {
    std::uint32_t state = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      state = next_[state * width_ + class_of_[static_cast<unsigned char>(text[i])]];
      for (std::uint32_t at = outputs_[state]; at < outputs_[state + 1]; ++at) {
        hit(rules_[at], i + 1);
      }
    }
  }

 private:
  std::array<std::uint8_t, 256> class_of_{};
  std::uint32_t width_ = 1;
  std::vector<std::uint32_t> next_;     // [state][class of byte] -> state
  std::vector<std::uint32_t> outputs_;  // [state] -> start in rules_
  std::vector<std::uint32_t> rules_;
};

}  // namespace sluice::scan
