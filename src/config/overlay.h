#pragma once

#include "document/node.h"

namespace sluice::config {

/// True when `mapping` looks as if it were laid over `base`: it leaves out so much of the base that it cannot
/// stand alone, and most of what it has is in the base. Both must be mappings.
bool is_overlay(const document::Node& mapping, const document::Node& base);

}  // namespace sluice::config
