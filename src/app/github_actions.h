#pragma once

#include "app/ci_event.h"
#include "app/options.h"
#include "base/result.h"
#include "finding/audit.h"

namespace sluice::app {

/// Below GitHub Actions (GITHUB_ACTIONS=true), otherwise nothing: writes the annotations to
/// standard output unless -f says what to write there, and appends the report as Markdown to the
/// file that GITHUB_STEP_SUMMARY names. Neither holds a secret, whatever --no-redact says: logs of
/// a public repository are public. Errors: io, unreadable.
Status write_for_github_actions(const Options& options, const Audit& audit,
                                const Environment& environment);

}  // namespace sluice::app
