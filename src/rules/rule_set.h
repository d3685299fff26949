#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rules/rule.h"

namespace sluice::rules {

/// Rules and the text they borrow. Rules stay where they are: pointers to them live as long as the set.
class RuleSet {
 public:
  RuleSet() = default;
  RuleSet(const RuleSet&) = delete;
  RuleSet& operator=(const RuleSet&) = delete;
  RuleSet(RuleSet&&) = default;
  RuleSet& operator=(RuleSet&&) = default;

  /// Adds `rule`, whose text must outlive the set or come from `keep`. A rule with an id already
  /// in the set takes its place.
  void add(const Rule& rule);

  /// Copies text into the set.
  std::string_view keep(std::string_view text);
  Strings keep(const std::vector<std::string>& texts);

  const std::deque<Rule>& rules() const { return rules_; }
  const Rule* find(std::string_view id) const;
  std::size_t size() const { return rules_.size(); }

 private:
  std::deque<Rule> rules_;
  std::deque<std::string> texts_;
  std::deque<std::vector<std::string_view>> lists_;
};

/// The rules embedded at build time, in the order of their ids. Constant data, no start-up cost.
std::span<const Rule> builtin_rules();

}  // namespace sluice::rules
