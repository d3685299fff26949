#pragma once

#include <string>
#include <string_view>

#include "finding/audit.h"
#include "report/json_cursor.h"

// For this room only: where a finding is, as SARIF says it.
namespace sluice::report {

/// A message object.
Json sarif_text(std::string_view text);

/// The one location of a finding (section 3.28). What has no path gets an artifact of its own.
Json sarif_location(const Finding& finding, bool redact);

/// The other places of a finding and its other paths, at most 100.
Json sarif_related(const Finding& finding, bool redact);

/// `originalUriBaseIds`: a root for each repository, `%SRCROOT%` when the report is about one.
Json sarif_roots(const Audit& audit);

/// `versionControlProvenance`: where the files of each root come from, for the repositories whose
/// place is a URI.
Json sarif_provenance(const Audit& audit);

}  // namespace sluice::report
