#pragma once

#include <string>
#include <vector>

#include "rules/rule.h"

namespace sluice::scan {

/// Runs a rule's own examples, each expanded several times: every `match` must give a finding of the
/// rule, no `no_match` may. Returns a sentence for each failure, with the template and never its expansion.
std::vector<std::string> test_examples(const rules::Rule& rule);

}  // namespace sluice::scan
