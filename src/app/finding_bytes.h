#pragma once

#include <cstdint>

#include "app/audit_cache_bytes.h"
#include "finding/finding.h"
#include "finding/material.h"

// Findings in a cache: without secrets, and without the refs that hold them, which change.
namespace sluice::app {

void write(AuditCacheWriter& out, const Finding& finding);
Finding read_finding(AuditCacheReader& in);

/// `reached`: how many commits tips lead to. The ranks of the others follow, whatever that number is when it
/// is read.
void write(AuditCacheWriter& out, const PlacedFinding& placed, std::uint64_t reached);
PlacedFinding read_placed(AuditCacheReader& in, std::uint64_t reached);

}  // namespace sluice::app
