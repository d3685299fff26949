#include "app/make_scanner.h"

#include <algorithm>
#include <span>

#include "rules/rule_set.h"
#include "scan/keyword_table.h"

namespace sluice::app {
namespace {

bool are_builtin(const std::vector<const rules::Rule*>& rules) {
  const std::span<const rules::Rule> builtin = rules::builtin_rules();
  return std::ranges::equal(rules, builtin, [](const rules::Rule* rule, const rules::Rule& other) { return rule == &other; });
}

}  // namespace

scan::Scanner make_scanner(const std::vector<const rules::Rule*>& rules) {
  if (are_builtin(rules)) return scan::Scanner(rules, scan::builtin_keywords());
  return scan::Scanner(rules);
}

}  // namespace sluice::app
