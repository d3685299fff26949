#pragma once

#include "pack/object_id.h"

namespace sluice::git {

/// The name of a Git object, SHA-1 or SHA-256 as the repository has it.
using Oid = pack::ObjectId;
using pack::HashAlgorithm;

}  // namespace sluice::git
