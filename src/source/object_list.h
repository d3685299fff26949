#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "git/oid.h"
#include "git/repository.h"
#include "source/seen.h"

namespace sluice::source {

/// The objects of a database that an earlier look at it did not see.
struct NewObjects {
  std::vector<git::Oid> ids;       ///< sorted, each once
  std::vector<std::string> packs;  ///< checksums of all packs there are now, raw, sorted
  std::vector<git::Oid> loose;     ///< all loose objects there are now, sorted
};

/// What `repository` holds beyond `seen`. No pack that was there is read, only named by its checksum.
/// Errors: unsupported when it did not merely grow (packs or loose objects are gone, alternates are in
/// use, more than `most` objects are new); as PackIndex::open_for_lookup; unreadable.
Result<NewObjects> objects_beyond(const git::Repository& repository, const Seen& seen, std::size_t most);

}  // namespace sluice::source
