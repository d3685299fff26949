#pragma once

#include "base/result.h"
#include "finding/audit.h"
#include "finding/material.h"

namespace sluice::app {

/// From what was found to what is reported: joins the findings of one secret, leaves out what is too
/// old to count, applies suppressions, sorts, and decides the exit code (`exit_code` for open
/// findings). `audit` must have its scope and all of its problems; what it has of findings and notes
/// is replaced. A run does this once, and so does whoever joins the parts of one, which is why the
/// outcome is the same. Errors: invalid_input (the baseline).
Status conclude(Material material, int exit_code, Audit& audit);

/// Sorts what a report lists, and says each problem once.
void sort_report(Audit& audit);

/// 2 with problems, else `exit_code` with open findings, else 0.
int exit_code_of(const Audit& audit, int exit_code);

}  // namespace sluice::app
