#pragma once

#include "base/result.h"
#include "git/repository.h"
#include "pack/object_store.h"

namespace sluice::source {

/// The object database that Git would use for `repository`: GIT_OBJECT_DIRECTORY and
/// GIT_ALTERNATE_OBJECT_DIRECTORIES (a hook's quarantine) are honoured. Errors: not_found, unreadable.
Result<pack::ObjectStore> open_store(const git::Repository& repository);

}  // namespace sluice::source
