#pragma once

#include "config/merged.h"
#include "schema/value.h"

namespace sluice::config {

/// A merged configuration as a schema sees it; `origin` is the Merged. What is filled in later
/// (`${VAR}`, `???`, `!ENV`) is unknown.
schema::Value schema_value(const Merged& merged);

}  // namespace sluice::config
