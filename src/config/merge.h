#pragma once

#include "document/node.h"

namespace sluice::config {

/// The deep merge that loaders of base and override do: where both are mappings, key by key with
/// merge keys applied; else the override wins, null included, and a list replaces a list as a
/// whole. Keys come in the base's order, then the override's new ones. Nodes keep their positions,
/// each in its own file.
document::Node merge(const document::Node& base, const document::Node& override_with);

}  // namespace sluice::config
