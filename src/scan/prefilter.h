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
    std::uint32_t row = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const std::uint32_t next = next_[row + class_of_[static_cast<unsigned char>(text[i])]];
      row = next & ~ends_here;
      if (next == row) continue;
      const std::uint32_t state = row / width_;
      for (std::uint32_t at = outputs_[state]; at < outputs_[state + 1]; ++at) {
        hit(rules_[at], i + 1);
      }
    }
  }

 private:
  std::array<std::uint8_t, 256> class_of_{};
  std::uint32_t width_ = 1;
  static constexpr std::uint32_t ends_here = 1u << 31;
  using RulesOfState = std::vector<std::vector<std::uint32_t>>;

  void classify_bytes(const std::vector<Literal>& literals);
  RulesOfState build_trie(const std::vector<Literal>& literals);
  void fill_transitions(RulesOfState& ends);
  void index_outputs(RulesOfState& ends);

  // [state][class of byte] -> where the next state's row begins, marked when literals end there, so
  // that nearly every byte costs one look-up and no multiplication.
  std::vector<std::uint32_t> next_;
  std::vector<std::uint32_t> outputs_;  // [state] -> start in rules_
  std::vector<std::uint32_t> rules_;
};

}  // namespace sluice::scan
