#include "rules/rule_set.h"

#include <algorithm>

namespace sluice::rules {

void RuleSet::add(const Rule& rule) {
  const auto same = std::find_if(rules_.begin(), rules_.end(),
                                 [&](const Rule* other) { return other->id == rule.id; });
  const Rule* const copy = &own_.emplace_back(rule);
  if (same != rules_.end()) {
    *same = copy;
  } else {
    rules_.push_back(copy);
  }
}

void RuleSet::add_table(std::span<const Rule> table) {
  rules_.reserve(rules_.size() + table.size());
  for (const Rule& rule : table) rules_.push_back(&rule);
}

std::string_view RuleSet::keep(std::string_view text) {
  if (text.empty()) return {};
  return texts_.emplace_back(text);
}

Strings RuleSet::keep(const std::vector<std::string>& texts) {
  if (texts.empty()) return {};
  std::vector<std::string_view>& list = lists_.emplace_back();
  list.reserve(texts.size());
  for (const std::string& text : texts) list.push_back(keep(text));
  return list;
}

const Rule* RuleSet::find(std::string_view id) const {
  const auto found = std::find_if(rules_.begin(), rules_.end(),
                                  [&](const Rule* rule) { return rule->id == id; });
  return found == rules_.end() ? nullptr : *found;
}

}  // namespace sluice::rules
