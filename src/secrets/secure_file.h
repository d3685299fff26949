#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"
#include "secrets/secure_bytes.h"

namespace sluice::secrets {

/// All of a regular file, at most `limit` bytes, read straight into memory that is wiped. With
/// `only_owner`, a file that belongs to somebody else, or that others may read or write, is
/// refused. Errors: not_found, refused, io, limit_exceeded.
Result<SecureBytes> read_secure_file(const std::string& path, std::size_t limit,
                                     bool only_owner = false);

}  // namespace sluice::secrets
