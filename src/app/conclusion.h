#pragma once

#include "base/result.h"
#include "finding/audit.h"
#include "finding/material.h"

namespace sluice::app {

/// When findings fail a run.
struct Gate {
  int exit_code = 1;
  /// The least severity that fails. Unset: every secret does, and of the checks what is medium or more;
  /// their low findings are advice.
  std::optional<Severity> fail_on;
};

/// From what was found to what is reported: joins the findings of one secret, leaves out what is too
/// old to count, applies suppressions, sorts, and decides the exit code (`gate`).
/// `audit` must have its scope and all of its problems; what it has of findings and notes is replaced. A run does this once, and so does whoever joins the parts of one, which is why the
/// outcome is the same. Errors: invalid_input (the baseline).
Status conclude(Material material, const Gate& gate, Audit& audit);

/// Sorts what a report lists, and says each problem once.
void sort_report(Audit& audit);

/// 2 with problems, else `gate.exit_code` with an open finding that fails, else 0.
int exit_code_of(const Audit& audit, const Gate& gate);

}  // namespace sluice::app
