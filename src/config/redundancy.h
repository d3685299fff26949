#pragma once

#include "config/key_path.h"
#include "config/merge_rules.h"
#include "document/node.h"

namespace sluice::config {

/// True when laying `over` on `base` changes nothing: the same value by type and content, or a mapping
/// of such values only. Lists are replaced as wholes.
bool adds_nothing(const document::Node& over, const document::Node& base);

/// As above, for the values at `path` as `rules` merge them.
bool adds_nothing(const document::Node& over, const document::Node& base, const MergeRules& rules, const KeyPath& path);

}  // namespace sluice::config
