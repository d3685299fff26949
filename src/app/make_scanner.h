#pragma once

#include <vector>

#include "rules/rule.h"
#include "scan/scanner.h"

namespace sluice::app {

/// A scanner for `rules`, which must outlive it. That for all built-in rules and no others is ready the soonest.
scan::Scanner make_scanner(const std::vector<const rules::Rule*>& rules);

}  // namespace sluice::app
