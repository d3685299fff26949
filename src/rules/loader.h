#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "document/node.h"
#include "rules/rule_set.h"

namespace sluice::rules {

/// Reads the rules of one file (docs/rules.md) into `set`. All of a file's faults are returned at once,
/// each with `path:line:column`; with any fault nothing is added. Checked: known keys, required keys,
/// id form and uniqueness within the file, levels, that every expression compiles and is cheap
/// enough, that the group exists, keyword length, that examples of both kinds exist and expand.
std::vector<Error> load_rules(std::string_view yaml, const std::string& path, RuleSet& set);

/// The same for a `rules:` sequence inside a larger document (a policy file).
std::vector<Error> load_rules(const document::Node& sequence, const std::string& path,
                              RuleSet& set);

}  // namespace sluice::rules
