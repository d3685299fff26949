#pragma once

#include <vector>

#include "rules/rule_set.h"

namespace sluice::testing {

/// All built-in rules, as a scanner takes them.
inline std::vector<const rules::Rule*> builtin_rules() {
  std::vector<const rules::Rule*> all;
  for (const rules::Rule& rule : rules::builtin_rules()) all.push_back(&rule);
  return all;
}

}  // namespace sluice::testing
