#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "rules/rule.h"
#include "scan/prefilter.h"

namespace sluice::scan {

/// What a scanner looks for: the literals of a list of rules, and how they are found. Views of arrays that somebody
/// keeps. Rules are numbered as in the list.
struct KeywordTable {
  std::span<const std::string_view> literals;  ///< each once, in order
  std::span<const std::uint32_t> rules;        ///< those that have a literal as a keyword, one literal's after another's
  std::span<const std::uint32_t> first_rule;   ///< of a literal in `rules`; one more than there are literals
  std::span<const std::uint32_t> uuid_rules;   ///< those that look for the shape of a UUID
  /// How far from new bytes a literal may begin or end that has to be looked at again.
  std::size_t reach_before = 0;
  std::size_t reach_behind = 0;
  PrefilterTables prefilter;
};

/// The arrays of a KeywordTable, worked out of rules, whose text must outlive this.
class KeywordArrays {
 public:
  explicit KeywordArrays(const std::vector<const rules::Rule*>& rules);
  KeywordArrays(const KeywordArrays&) = delete;
  KeywordArrays& operator=(const KeywordArrays&) = delete;

  KeywordTable table() const;

 private:
  void widen_for(std::size_t literal, bool has_gate);

  std::vector<std::string_view> literals_;
  std::vector<std::uint32_t> rules_;
  std::vector<std::uint32_t> first_rule_;
  std::vector<std::uint32_t> uuid_rules_;
  std::size_t reach_before_ = 0;
  std::size_t reach_behind_ = 0;
  PrefilterArrays prefilter_;
};

/// That of rules::builtin_rules(), in their order. Worked out at build time by embed_main.cc.
KeywordTable builtin_keywords();

}  // namespace sluice::scan
