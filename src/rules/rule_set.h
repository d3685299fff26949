#pragma once

#include <deque>
#include <span>
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

  /// Adds a copy of `rule`, whose text must outlive the set or come from `keep`. A rule with an id
  /// already in the set takes its place.
  void add(const Rule& rule);

  /// Adds rules of a table that outlives the set, without a copy. Their ids differ from one another and
  /// from those of rules added before.
  void add_table(std::span<const Rule> table);

  /// Copies text into the set.
  std::string_view keep(std::string_view text);
  Strings keep(const std::vector<std::string>& texts);

  const std::vector<const Rule*>& rules() const { return rules_; }
  const Rule* find(std::string_view id) const;
  std::size_t size() const { return rules_.size(); }

 private:
  std::vector<const Rule*> rules_;
  std::deque<Rule> own_;
  std::deque<std::string> texts_;
  std::deque<std::vector<std::string_view>> lists_;
};

/// The rules embedded at build time, in the order of their ids. Constant data, no start-up cost.
std::span<const Rule> builtin_rules();

/// A digest of all that they say, in hexadecimal.
std::string_view builtin_rules_digest();

}  // namespace sluice::rules
