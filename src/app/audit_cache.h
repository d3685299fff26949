#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/known_secret.h"
#include "app/large_files.h"
#include "base/result.h"
#include "finding/audit.h"
#include "source/held_blobs.h"
#include "source/seen.h"

namespace sluice::app {

/// What a finished audit of a history leaves for the next one. Holds no secret: findings are kept as
/// reports have them.
struct AuditCache {
  std::string settings;  ///< digest of all but the repository that decides the outcome
  source::Seen seen;
  Scope scope;           ///< its counts and what was skipped
  AbsentFiles absent;    ///< no part of the scope's
  std::vector<Problem> problems;
  source::HeldBlobs held;
  std::vector<KnownSecret> secrets;
  std::vector<Finding> checked;  ///< those of checks that look at all commits
};

/// As bytes of a file, with a checksum.
std::string encode(const AuditCache& cache);

/// The other way; the secrets' records lie in `bytes`. Errors: corrupt (cut short, changed, of another version of
/// the program).
Result<AuditCache> decode_audit_cache(std::string_view bytes);

/// What lies between the file's first line and its checksum. Errors: corrupt.
Result<AuditCache> decode_audit_cache_content(std::string_view bytes);

}  // namespace sluice::app
