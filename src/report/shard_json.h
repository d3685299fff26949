#pragma once

#include "finding/material.h"
#include "report/json_cursor.h"

// For this room only.
namespace sluice::report {

/// The member `shard` of a report. Nothing is lost on the way there and back but the secrets: they
/// are always left out, whatever RenderOptions say.
Json shard_json(const ShardRecord& shard);

/// The other way. Throws Malformed.
ShardRecord read_shard(const JsonCursor& json);

}  // namespace sluice::report
