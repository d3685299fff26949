#pragma once

#include <vector>

#include "schema/parts.h"
#include "schema/schema.h"

namespace sluice::schema {

/// What Schema::validate tells, of a schema whose references are read.
Result<std::vector<Violation>> violations(const Value& value, const document::Node& schema,
                                          const References& references);

}  // namespace sluice::schema
