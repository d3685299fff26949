#pragma once

#include <vector>

#include "app/pipeline.h"
#include "app/session.h"
#include "git/oid.h"

namespace sluice::app {

/// Lets `run` also scan every blob that `objects` (trees and blobs, as tags may name them without a
/// commit) are or hold. The session must outlive the run.
void add_objects(const Session& session, std::vector<git::Oid> objects, Run& run);

}  // namespace sluice::app
